// Builds elements; text is always text, never markup.

export const byId = (id) => document.getElementById(id);

export function el(name, attributes, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function svg(name, attributes, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value !== undefined && value !== false) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat());
  return element;
}

// A text that is shown only while somebody asks for it. Until then it isn't in the document.
export function secret(text, what) {
  const shown = el('code', {class: 'secret'}, '••••••••');
  const button = el('button', {
    type: 'button',
    class: 'small',
    'aria-pressed': 'false',
    click: () => {
      const on = button.getAttribute('aria-pressed') === 'false';
      button.setAttribute('aria-pressed', String(on));
      shown.textContent = on ? text : '••••••••';
    },
  }, 'Show', el('span', {class: 'unseen'}, ` ${what}`));
  return el('span', {class: 'held-secret'}, shown, ' ', button);
}

export function say(text) {
  byId('message').textContent = text;
}
