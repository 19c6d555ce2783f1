/** `/openapi.json`, and an interactive page of it at `/docs`. All files of the page are served here; nothing is loaded from elsewhere. */
import express, { Router } from 'express';
// This file of the package alone: its main entry would load the page's program into this process.
import swaggerFolder from 'swagger-ui-dist/absolute-path.js';

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Carillon API</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`;

/** A file of its own, so that the policy can forbid scripts in the page. Without a validator, which is a service of others. */
const START = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', validatorUrl: null, deepLinking: true });\n`;

// Swagger UI sets styles on elements and shows small images that are part of its style sheet.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; font-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** @param description the API's description as JSON text */
export function docsRouter(description: string): Router {
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.type('application/json').send(description);
  });
  router.use('/docs', (_request, response, next) => {
    response.setHeader('Content-Security-Policy', POLICY);
    next();
  });
  router.get(['/docs', '/docs/'], (_request, response) => {
    response.type('html').send(PAGE);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(START);
  });
  router.use('/docs', express.static(swaggerFolder(), { index: false, maxAge: '1h' }));
  return router;
}
