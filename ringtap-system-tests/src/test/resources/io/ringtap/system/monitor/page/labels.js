// Controls that a screen reader could not name, and tables, lists and images without what they need.
[...document.querySelectorAll("a, button, input, select, [role], dialog, section, canvas, img, th")]
  .filter(element => {
    if (element.closest("[hidden]")) return false;
    const label = element.getAttribute("aria-label") || element.labels?.[0]?.textContent
      || document.getElementById(element.getAttribute("aria-labelledby"))?.textContent
      || element.textContent || element.getAttribute("alt");
    switch (element.tagName) {
      case "CANVAS": return !element.closest("[aria-hidden=true], [role=img]");
      case "IMG": return !element.hasAttribute("alt");
      case "TH": return !element.hasAttribute("scope");
      default: return !label?.trim() && !["alert", "status"].includes(element.getAttribute("role"));
    }
  })
  .map(element => element.outerHTML.slice(0, 120))
