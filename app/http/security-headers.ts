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
type ConsentPages = Pick<Config, 'meta' | 'google' | 'tiktok' | 'phyllo'>;

/** The pages that open Phyllo's connect window: a creator's accounts, and the link that a creator was sent. */
const connectPages = /^\/(connect\/[^/]+|creators\/[^/]+\/platforms)\/?$/;
/** Addresses that hold a secret. */
const linkPages = /^\/(reconnect|connect|briefs)\//;

/**
 * Where a form of ours may end: Chromium holds the redirects that follow a form to form-action too, so the consent page
 * of each platform that is on stands here, and no other host. A www host passes phones on to a sibling of its own.
 */
function formTargets({ meta, google, tiktok }: Omit<ConsentPages, 'phyllo'>): string[] {
  const targets = [meta?.dialogUrl, google?.authUrl, tiktok?.authUrl].flatMap((address) => {
    if (address === undefined) return [];
    const { protocol, host, origin } = new URL(address);
    return host.startsWith('www.') ? [origin, `${protocol}//*.${host.slice('www.'.length)}`] : [origin];
  });
  return ["'self'", ...new Set(targets)];
}

/**
 * Where the connect window's script and its frame come from. The script stands at a host for files (cdn.) and frames a
 * sibling of it, which the vendor does not name.
 */
function connectSources({ phyllo }: Pick<ConsentPages, 'phyllo'>): string[] {
  if (!phyllo) return [];
  const { protocol, hostname, origin } = new URL(phyllo.connectScriptUrl);
  const labels = hostname.split('.');
  const isNamed = labels.length > 2 && !/^\d+$/.test(labels.at(-1) ?? '');
  return isNamed ? [origin, `${protocol}//*.${labels.slice(1).join('.')}`] : [origin];
}

/**
 * The headers of every answer: pages, the API, files, errors. Nothing may frame us yet; the embedded pages will name
 * their agency's own origins. There is one policy and it is enforced; the pages that open the connect window allow its
 * script and frame beside it.
 */
export function securityHeaders(config: ConsentPages, isDev: boolean): RequestHandler {
  const usual = pageHeaders(config, { isDev, connect: [] });
  const connecting = pageHeaders(config, { isDev, connect: connectSources(config) });
  return (request, response, next) => {
    nonceOf(response);
    const write = config.phyllo && connectPages.test(request.path) ? connecting : usual;
    write(request, response, (error) => {
      // The address of such a link is its secret.
      if (linkPages.test(request.path)) response.setHeader('referrer-policy', 'no-referrer');
      next(error);
    });
  };
}

interface PageKind {
  isDev: boolean;
  /** Whose script and frames the page runs beside ours. */
  connect: readonly string[];
}

function pageHeaders(config: ConsentPages, { isDev, connect }: PageKind): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: [
          "'self'",
          (_request, response) => `'nonce-${nonceOf(response as Response)}'`,
          ...connect.slice(0, 1),
        ],
        ...(connect.length > 0 && { frameSrc: ["'self'", ...connect] }),
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
    // A network's sign-in opens in a window of the connect frame, which must hear of its end.
    crossOriginOpenerPolicy: { policy: connect.length > 0 ? 'same-origin-allow-popups' : 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // frame-ancestors says it, and says it per agency later; the old header cannot.
    xFrameOptions: false,
  });
}
