import { createHmac, timingSafeEqual } from 'node:crypto';
import { type SandboxState } from '../state.ts';

const SIGNING_KEY = 'SpokeStack sandbox, Phyllo media signature 1';

const sign = (text: string): string =>
  createHmac('sha256', SIGNING_KEY).update(text).digest('base64url').slice(0, 27);

interface Picture {
  state: SandboxState;
  origin: string;
  /** What is shown: `profile/<account>`, `content/<content>`, `content/<content>/<place>`. */
  subject: string;
}

/** The network's own address of a picture: signed, and good for some hours alone. */
export function addressOfPicture({ state, origin, subject }: Picture): string {
  const expires = Math.floor((state.now().getTime() + state.phyllo.settings.mediaMs) / 1_000).toString(16);
  const query = new URLSearchParams({ oe: expires, oh: sign(`${subject}\n${expires}`) });
  return `${origin}/phyllo-media/${subject}.png?${query.toString()}`;
}

/** Whether a signed address still opens. */
export function isOpen(state: SandboxState, subject: string, query: URLSearchParams): boolean {
  const expires = query.get('oe') ?? '';
  const given = Buffer.from(query.get('oh') ?? '');
  const right = Buffer.from(sign(`${subject}\n${expires}`));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
  return Number.parseInt(expires, 16) * 1_000 > state.now().getTime();
}

/** Phyllo's own copy of a thumbnail, which stays. */
export const lastingAddress = (origin: string, contentId: string): string =>
  `${origin}/public/acc_cont_${contentId}/thumbnail_url`;
