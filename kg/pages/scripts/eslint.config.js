/* Rules for the pages' scripts: what ESLint recommends, and what keeps them safe and short. */

import { createRequire } from "node:module";

// Where `make` installs: outside of the package, which holds nothing but our own files.
const require = createRequire(new URL("../../../build/node/", import.meta.url));
const js = require("@eslint/js");
const globals = require("globals");

// All text of the data is set as text; nothing writes HTML.
const NO_HTML = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "createContextualFragment"];

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines": ["error", 300],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        ...NO_HTML.map((property) => ({ property })),
        { object: "document", property: "write" },
      ],
      "no-shadow": ["error", { builtinGlobals: false }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  { files: ["**/graph/*.js"], languageOptions: { globals: { vis: "readonly" } } },
  { files: ["**/scripts/*.js"], languageOptions: { globals: globals.node } },
];
