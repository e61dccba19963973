/** What opens the connect window: the creator's own session at the service, good for a while. */
export interface SessionWords {
  userId: string;
  token: string;
  environment: 'sandbox' | 'staging' | 'production';
  /** Null lets the creator choose. */
  workPlatformId: string | null;
  scriptUrl: string;
  /** Whose window it says to be: the agency. */
  clientDisplayName: string;
}

export type SessionAnswer = { ok: true; session: SessionWords } | { ok: false; message: string };

/** An account that the service itself told to be the creator's. */
export type ConfirmAnswer =
  { ok: true; platformName: string; handle: string } | { ok: false; message: string };
