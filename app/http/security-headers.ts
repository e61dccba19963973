import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '../../server/kernel/config.ts';

const YEAR_SECONDS = 31_536_000;

/** A nonce of 128 random bits for one answer. */
export function nonceOf(response: Response): string {
  const locals = response.locals as { cspNonce?: string };
  return (locals.cspNonce ??= randomBytes(16).toString('base64'));
}

/** What is needed to know where people are sent to allow access. */
type ConsentPages = Pick<Config, 'meta' | 'google' | 'tiktok'>;

/**
 * Where a form of ours may end: Chromium holds the redirects that follow a form to form-action too, so the consent page
 * of each platform that is on stands here, and no other host. A www host passes phones on to a sibling of its own.
 */
function formTargets({ meta, google, tiktok }: ConsentPages): string[] {
  const targets = [meta?.dialogUrl, google?.authUrl, tiktok?.authUrl].flatMap((address) => {
    if (address === undefined) return [];
    const { protocol, host, origin } = new URL(address);
    return host.startsWith('www.') ? [origin, `${protocol}//*.${host.slice('www.'.length)}`] : [origin];
  });
  return ["'self'", ...new Set(targets)];
}

/**
 * The headers of every answer: pages, the API, files, errors. Nothing may frame us yet; the embedded pages will name
 * their agency's own origins. There is one policy and it is enforced.
 */
export function securityHeaders(config: ConsentPages, isDev: boolean): RequestHandler {
  const withHelmet = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response as Response)}'`],
        // Vite's client adds its styles as elements without a nonce; what is built needs none.
        styleSrc: isDev
          ? ["'self'", "'unsafe-inline'"]
          : ["'self'", (_request, response) => `'nonce-${nonceOf(response as Response)}'`],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: isDev ? ["'self'", 'ws:'] : ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: formTargets(config),
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: { maxAge: YEAR_SECONDS, includeSubDomains: true },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // frame-ancestors says it, and says it per agency later; the old header cannot.
    xFrameOptions: false,
  });
  return (request, response, next) => {
    nonceOf(response);
    withHelmet(request, response, (error) => {
      // The address of a reconnect link is its secret.
      if (request.path.startsWith('/reconnect/')) response.setHeader('referrer-policy', 'no-referrer');
      next(error);
    });
  };
}
