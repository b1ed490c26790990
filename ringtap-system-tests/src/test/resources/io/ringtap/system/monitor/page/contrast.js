// Texts whose contrast to what is behind them is less than 4.5, and marks of the plot with less than 3.
(async () => {
  const { palette } = await import("./colours.js");
  const channels = colour => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    const unit = colour.startsWith("color(") ? 255 : 1;
    return [red * unit, green * unit, blue * unit, alpha];
  };
  const over = (front, back) => [0, 1, 2].map(i => front[i] * front[3] + back[i] * (1 - front[3])).concat(1);
  const light = colour => colour.slice(0, 3)
    .map(value => value / 255)
    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(channels(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((back, front) => over(front, back), [255, 255, 255, 1]);
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest(".hidden, .skip, :disabled")) continue;
    texts++;
    const back = ground(element);
    const ratio = contrast(over(channels(getComputedStyle(element).color), back), back);
    if (ratio < 4.5) poor.push(element.tagName + " " + walker.currentNode.data + " " + ratio.toFixed(2));
  }
  if (texts < 50) poor.push("only " + texts + " texts");
  const hex = colour => [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16)).concat(1);
  const colours = palette();
  const marks = { axis: [colours.axis, 4.5], event: [colours.event, 4.5], down: [colours.down, 3], good: [colours.good, 3] };
  for (const [name, [colour, least]] of Object.entries(marks)) {
    const ratio = contrast(hex(colour), hex(colours.ground));
    if (ratio < least) poor.push(name + " " + ratio.toFixed(2));
  }
  colours.lines.forEach((colour, i) => {
    const ratio = contrast(hex(colour), hex(colours.ground));
    if (ratio < 3) poor.push("line " + i + " " + ratio.toFixed(2));
  });
  return poor;
})()
