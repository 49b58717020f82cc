/**
 * Entry of the web worker in VS Code for the Web.
 */
self.close();

export {};
