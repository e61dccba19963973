import { type HttpHandler } from 'msw';
import { createControlHandlers } from './control/handlers.ts';
import { createFxHandlers } from './fx/handlers.ts';
import { createGoogleHandlers } from './google/handlers.ts';
import { createLandingHandler } from './landing.ts';
import { createMetaHandlers } from './meta/handlers.ts';
import { createPhylloHandlers } from './phyllo/handlers.ts';
import { type PhylloStore } from './phyllo/memory.ts';
import { createState, type SandboxState } from './state.ts';
import { createTiktokHandlers } from './tiktok/handlers.ts';

export interface SandboxOptions {
  /** Where the stand-ins are addressed. Left out, they answer under every origin that reaches them. */
  baseUrl?: string;
  /** An unsigned 32-bit integer. */
  seed?: number;
  now?: () => Date;
  /** Whether TikTok's calls a second are limited, in real seconds; left out, they are not. */
  isLimited?: boolean;
  /** Where Phyllo's users, accounts and webhooks outlive the process; left out: nowhere. */
  phylloStore?: PhylloStore;
}

export interface Sandbox {
  handlers: HttpHandler[];
  state: SandboxState;
}

/** The whole sandbox as msw handlers, with what it remembers. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const state = createState(options);
  const place = options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl };
  const handlers = [
    // Before Google's: both answer below /vN/, and before the control, which knows no truth of Phyllo's.
    ...createPhylloHandlers(state, place),
    ...createControlHandlers(state, place),
    ...createFxHandlers(state, place),
    ...createMetaHandlers(state, place),
    ...createGoogleHandlers(state, place),
    ...createTiktokHandlers(state, place),
    createLandingHandler(state, place),
  ];
  return { handlers, state };
}
