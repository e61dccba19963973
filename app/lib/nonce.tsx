import { createContext, useContext } from 'react';

/**
 * The CSP nonce of the document being rendered. Empty in the browser: it hides the attribute from scripts, so
 * hydration compares '' with '' and agrees.
 */
const NonceContext = createContext('');

export const NonceProvider = NonceContext.Provider;

export function useNonce(): string {
  return useContext(NonceContext);
}
