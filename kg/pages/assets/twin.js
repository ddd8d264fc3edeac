// The table stands in for the drawing where there is no room for that.
(() => {
  "use strict";
  if (matchMedia("(max-width: 56rem)").matches) document.querySelector(".twin").open = true;
})();
