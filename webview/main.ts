/**
 * Entry of the webview.
 */
document.body.textContent = 'Memory Atlas: the map is not built yet.';

export {};
