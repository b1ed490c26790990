// Scrolls to the end, a step a frame, and tells how long frames took.
new Promise(resolve => {
  const times = [];
  let before = performance.now();
  let drawn = 0;
  const canvases = [...document.querySelectorAll(".cells canvas")];
  const end = document.documentElement.scrollHeight - innerHeight;
  const step = end / 60;
  let y = 0;
  const frame = now => {
    times.push(now - before);
    before = now;
    drawn = Math.max(drawn, canvases.filter(canvas => canvas.width > 1).length);
    if (y >= end) {
      times.sort((a, b) => a - b);
      const round = value => Math.round(value * 10) / 10;
      resolve({
        frames: times.length, median: round(times[times.length >> 1]), p95: round(times[Math.floor(times.length * 0.95)]),
        worst: round(times.at(-1)), drawn, canvases: canvases.length, kept: canvases.filter(canvas => canvas.width > 1).length,
      });
      return;
    }
    y += step;
    scrollTo(0, y);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})
