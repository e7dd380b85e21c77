// A table that is wider than the screen can be scrolled with the keyboard too.
const reachable = () => {
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (wrap.scrollWidth > wrap.clientWidth) {
      wrap.tabIndex = 0;
      wrap.setAttribute("role", "region");
      wrap.setAttribute("aria-label", "Table");
    } else {
      wrap.removeAttribute("tabindex");
    }
  }
};
addEventListener("load", () => {
  reachable();
  new ResizeObserver(reachable).observe(document.documentElement);
});
