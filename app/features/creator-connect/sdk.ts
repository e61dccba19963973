/**
 * The part of Phyllo's Connect SDK that is used here: the browser's window in which a creator signs in at a network.
 * Names and callbacks as Phyllo's own samples have them (getphyllo/phyllo-next-sample). What it tells is no proof: the
 * server asks Phyllo itself before it believes that an account is connected.
 */
export interface ConnectSdk {
  initialize(config: ConnectConfig): ConnectWindow;
}

export interface ConnectConfig {
  clientDisplayName: string;
  environment: 'sandbox' | 'staging' | 'production';
  userId: string;
  token: string;
  /** Left out, the creator chooses the network in the window. */
  workPlatformId?: string;
}

/** All of them must be there before it opens, but the last. */
export interface ConnectEvents {
  accountConnected: (accountId: string, workPlatformId: string, userId: string) => void;
  accountDisconnected: (accountId: string, workPlatformId: string, userId: string) => void;
  tokenExpired: (userId: string) => void;
  exit: (reason: string, userId: string) => void;
  connectionFailure: (reason: string, workPlatformId: string, userId: string) => void;
}

interface ConnectWindow {
  on<Name extends keyof ConnectEvents>(name: Name, callback: ConnectEvents[Name]): void;
  open(): void;
}

declare global {
  interface Window {
    PhylloConnect?: ConnectSdk;
  }
}

const loading = new Map<string, Promise<ConnectSdk>>();

/** Fetches the SDK once a document. Errors: rejects where the script does not come or is none; then it may be tried again. */
export function loadConnectSdk(scriptUrl: string): Promise<ConnectSdk> {
  const known = loading.get(scriptUrl) ?? appendScript(scriptUrl);
  loading.set(scriptUrl, known);
  known.catch(() => loading.delete(scriptUrl));
  return known;
}

function appendScript(scriptUrl: string): Promise<ConnectSdk> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = scriptUrl;
    script.async = true;
    script.onload = () => {
      if (window.PhylloConnect) resolve(window.PhylloConnect);
      else reject(new Error('The script of the connect window is not what was expected.'));
    };
    script.onerror = () => {
      script.remove();
      reject(new Error('The script of the connect window did not come.'));
    };
    document.head.append(script);
  });
}

/** Opens the window with every callback registered. Errors: throws what the SDK refuses. */
export function openConnectWindow(sdk: ConnectSdk, config: ConnectConfig, events: ConnectEvents): void {
  const connect = sdk.initialize(config);
  connect.on('accountConnected', events.accountConnected);
  connect.on('accountDisconnected', events.accountDisconnected);
  connect.on('tokenExpired', events.tokenExpired);
  connect.on('exit', events.exit);
  connect.on('connectionFailure', events.connectionFailure);
  connect.open();
}
