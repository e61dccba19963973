/**
 * What the Connect SDK's script does on the page that embeds it: the same names, callbacks and refusals as Phyllo's
 * (its Next.js sample and the README of its React Native package). The person's part happens in a frame of this
 * origin. It sets styles through the object model alone, which a page's Content-Security-Policy lets pass.
 */
export const CONNECT_SCRIPT = `(function () {
  'use strict';
  var origin = new URL(document.currentScript.src).origin;
  var NEEDED = ['accountConnected', 'accountDisconnected', 'tokenExpired', 'exit'];
  var KNOWN = NEEDED.concat('connectionFailure');

  function require(config, name) {
    if (typeof config[name] !== 'string' || config[name] === '') {
      throw new Error('PhylloConnect: ' + name + ' is required');
    }
  }

  function dress(element, styles) {
    Object.keys(styles).forEach(function (name) { element.style.setProperty(name, styles[name]); });
  }

  function buildDialog() {
    var dialog = document.createElement('dialog');
    dialog.setAttribute('aria-label', 'Phyllo Connect');
    dress(dialog, {
      padding: '0', border: '0', width: 'min(26rem, 100vw)', height: 'min(42rem, 100dvh)', margin: 'auto',
      'max-width': '100vw', 'max-height': '100dvh', overflow: 'hidden', background: '#fff'
    });
    var frame = document.createElement('iframe');
    frame.title = 'Phyllo Connect';
    frame.name = 'phyllo-connect';
    frame.src = origin + '/connect/v2/frame';
    dress(frame, { border: '0', width: '100%', height: '100%', display: 'block' });
    dialog.append(frame);
    return { dialog: dialog, frame: frame };
  }

  function initialize(config) {
    ['clientDisplayName', 'environment', 'userId', 'token'].forEach(function (name) { require(config, name); });
    var callbacks = {};
    var shown = null;

    function close() {
      if (!shown) return;
      window.removeEventListener('message', hear);
      shown.dialog.close();
      shown.dialog.remove();
      shown = null;
    }

    function tell(name, args) {
      if (name === 'exit' || name === 'tokenExpired') close();
      if (callbacks[name]) callbacks[name].apply(null, args);
    }

    function hear(message) {
      if (!shown || message.origin !== origin || message.source !== shown.frame.contentWindow) return;
      var data = message.data || {};
      if (data.kind === 'phyllo-connect-ready') {
        shown.frame.contentWindow.postMessage({
          kind: 'phyllo-connect-open', clientDisplayName: config.clientDisplayName,
          environment: config.environment, userId: config.userId, token: config.token,
          workPlatformId: config.workPlatformId || ''
        }, origin);
      }
      if (data.kind === 'phyllo-connect-event' && KNOWN.indexOf(data.name) >= 0) tell(data.name, data.args);
    }

    function open() {
      NEEDED.forEach(function (name) {
        if (!callbacks[name]) throw new Error('PhylloConnect: the callback ' + name + ' is not registered');
      });
      if (shown) return;
      shown = buildDialog();
      window.addEventListener('message', hear);
      shown.dialog.addEventListener('cancel', function (event) {
        event.preventDefault();
        tell('exit', ['EXIT_CLICKED', config.userId]);
      });
      document.body.append(shown.dialog);
      shown.dialog.showModal();
    }

    return {
      version: function () { return '2.sandbox'; },
      on: function (name, callback) {
        if (KNOWN.indexOf(name) < 0) throw new Error('PhylloConnect: there is no event ' + name);
        if (typeof callback !== 'function') throw new Error('PhylloConnect: ' + name + ' needs a function');
        callbacks[name] = callback;
      },
      open: open
    };
  }

  window.PhylloConnect = { initialize: initialize };
})();
`;

/** The frame's first page: it asks the page around it for the session and posts that, so that no address holds it. */
export const FRAME_SCRIPT = `(function () {
  'use strict';
  window.addEventListener('message', function (message) {
    var data = message.data || {};
    if (message.source !== window.parent || data.kind !== 'phyllo-connect-open') return;
    var form = document.forms[0];
    ['clientDisplayName', 'environment', 'userId', 'token', 'workPlatformId'].forEach(function (name) {
      form.elements[name].value = data[name];
    });
    form.elements.embedder.value = message.origin;
    form.submit();
  });
  window.parent.postMessage({ kind: 'phyllo-connect-ready' }, '*');
})();
`;

/** Tells the page around the frame what the person did; the page itself says which. */
export const EVENT_SCRIPT = `(function () {
  'use strict';
  function tell(element) {
    window.parent.postMessage(
      { kind: 'phyllo-connect-event', name: element.dataset.event, args: JSON.parse(element.dataset.args) },
      document.body.dataset.embedder
    );
  }
  document.querySelectorAll('[data-when="now"]').forEach(tell);
  document.querySelectorAll('[data-when="click"]').forEach(function (element) {
    element.addEventListener('click', function () { tell(element); });
  });
})();
`;
