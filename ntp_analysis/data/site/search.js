(function () {
  "use strict";
  var box = document.getElementById("search"), input = document.getElementById("find");
  var count = document.getElementById("count"), inside = document.getElementById("inside");
  var rows = Array.prototype.slice.call(document.querySelectorAll("[data-place]"));
  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\u0111/g, "d").trim();
  }
  var names = rows.map(function (row) { return plain(row.getAttribute("data-place")); });
  function find() {
    var wanted = plain(input.value), shown = 0, within = 0;
    rows.forEach(function (row, i) {
      var hit = names[i].indexOf(wanted) >= 0;
      row.hidden = !hit;
      shown += hit ? 1 : 0;
      within += hit && row.tagName === "LI" ? 1 : 0;
    });
    if (inside) { inside.open = wanted !== "" && within > 0; }
    count.textContent = wanted === "" ? "" : shown === 0 ? count.dataset.none : count.dataset.found.replace("{n}", shown);
  }
  input.addEventListener("input", find);
  box.hidden = false;
})();
