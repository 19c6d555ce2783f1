/** `npm run demo`: the same as `npm start`; with --json it prints one object and ends. */
import './start.mjs';
