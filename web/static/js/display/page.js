/* layso: how the display's page is written to. ES5. */

(function (layso) {
  'use strict';

  var page = layso.page = {
    id: function (name) { return document.getElementById(name); },

    text: function (name, value) {
      var node = page.id(name);
      if (node.textContent !== value) {
        node.textContent = value;
      }
    },

    /* mark writes data- attributes. */
    mark: function (node, data) {
      var key;
      for (key in data) {
        node.setAttribute('data-' + key, data[key]);
      }
      return node;
    },

    /* copy gives one of the page's patterns with these texts, by class, and data. */
    copy: function (name, texts, data) {
      var node = document.importNode(page.id(name).content, true).firstElementChild, key;
      for (key in texts) {
        node.querySelector('.' + key).textContent = texts[key];
      }
      return page.mark(node, data);
    },

    fill: function (name, nodes) {
      var box = page.id(name), i;
      box.textContent = '';
      for (i = 0; i < nodes.length; i++) {
        box.appendChild(nodes[i]);
      }
      page.fit('#' + name + ' .fit');
    },

    /* fit makes texts smaller until each fits into its box, rather than cut them off. */
    fit: function (selector) {
      var all = document.querySelectorAll(selector), i, box, size;
      for (i = 0; i < all.length; i++) {
        box = all[i].parentNode;
        all[i].style.fontSize = '';
        page.mark(all[i], { tight: false });
        for (size = 95; size > 25 && (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1); size -= 5) {
          page.mark(all[i], { tight: size < 75 });
          all[i].style.fontSize = size + '%';
        }
      }
    }
  };
})(window.layso);
