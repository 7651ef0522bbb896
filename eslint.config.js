// The recommended rules of eslint; types are checked by tsc.

import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/*.ts", "**/node_modules/", "**/.venv/", "dist/", "build/"] },
  js.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      "no-unused-vars": ["error", { varsIgnorePattern: "^_", ignoreRestSiblings: false }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "prefer-const": "error",
    },
  },
];
