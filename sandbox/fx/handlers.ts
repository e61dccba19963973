import { http, type HttpHandler, HttpResponse } from 'msw';
import { addressPattern } from '../address.ts';
import { ANSWER_KINDS } from '../control/faults.ts';
import { exchange } from '../control/transport.ts';
import { type SandboxState } from '../state.ts';
import { DAY_MS } from '../world/calendar.ts';
import { continuedRates, type DayRates } from './rates.ts';

/** Not the ECB's own name, so that whoever stores these rates can tell them from published ones. */
export const FX_SENDER = 'SpokeStack sandbox';

function dayCube({ date, rates }: DayRates): string {
  const cubes = rates.map(({ currency, rate }) => `<Cube currency="${currency}" rate="${rate}"/>`);
  return `<Cube time="${date}">${cubes.join('')}</Cube>`;
}

/** The envelope of the ECB's eurofxref files. */
export function ratesFile(days: readonly DayRates[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<gesmes:Sender><gesmes:name>${FX_SENDER}</gesmes:name></gesmes:Sender>
<Cube>
${days.map(dayCube).join('\n')}
</Cube>
</gesmes:Envelope>
`;
}

function answerRates(state: SandboxState): Response {
  const today = Math.floor(state.now().getTime() / DAY_MS);
  return HttpResponse.xml(ratesFile(continuedRates(today)));
}

/** The stand-in for the ECB's daily file, at `/fx/eurofxref.xml`. */
export function createFxHandlers(state: SandboxState, { baseUrl }: { baseUrl?: string }): HttpHandler[] {
  return [
    http.get(addressPattern(baseUrl, '/fx/eurofxref\\.xml'), ({ request }) =>
      exchange(state, request, { platform: 'fx', kinds: ANSWER_KINDS }, (fault) =>
        fault?.kind === 'error_500'
          ? HttpResponse.text('Service unavailable', { status: 500 })
          : answerRates(state),
      ),
    ),
  ];
}
