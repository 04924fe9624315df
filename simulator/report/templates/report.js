// Comfort only: without it the page reads the same. Contents, sections to fold away, tables to sort.
(function () {
  "use strict";
  var nav = document.getElementById("contents");
  document.querySelectorAll("main section[id]").forEach(function (section) {
    var heading = section.querySelector("h2");
    var link = document.createElement("a");
    link.href = "#" + section.id;
    link.textContent = heading.textContent;
    nav.appendChild(link);
    heading.tabIndex = 0;
    heading.setAttribute("role", "button");
    heading.setAttribute("aria-expanded", "true");
    function fold() {
      heading.setAttribute("aria-expanded", String(!section.classList.toggle("folded")));
    }
    heading.addEventListener("click", fold);
    heading.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); fold(); }
    });
  });
  function value(row, column) {
    var text = row.cells[column].textContent.replace(/\u2212/g, "-").replace(/,/g, "").trim();
    var number = parseFloat(text);
    return isNaN(number) ? text : number;
  }
  document.querySelectorAll("table.sortable thead th").forEach(function (head) {
    head.tabIndex = 0;
    function sort() {
      var body = head.closest("table").tBodies[0];
      var down = head.getAttribute("aria-sort") !== "descending";
      head.parentNode.querySelectorAll("th").forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      Array.from(body.rows).sort(function (a, b) {
        var x = value(a, head.cellIndex), y = value(b, head.cellIndex);
        var order = typeof x === typeof y ? (x < y ? -1 : x > y ? 1 : 0) : typeof x === "number" ? 1 : -1;
        return down ? -order : order;
      }).forEach(function (row) { body.appendChild(row); });
    }
    head.addEventListener("click", sort);
    head.addEventListener("keydown", function (event) { if (event.key === "Enter") sort(); });
  });
})();
