import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { withSystem } from '../../../db/tenant.ts';
import type { CallBudget, CallOutcome, MeteredCall, Permit } from '../../integrations/pace.ts';
import type { Logger } from '../../kernel/log.ts';

/**
 * The platforms' limits in the database, so that all processes together keep within them, agencies share them evenly
 * and what fails gets a rest. A call that cannot be counted is not made: the limits are the platform's, not ours.
 */
export function createCallBudget(db: Database, log: Logger): CallBudget {
  return {
    take: (call) => take(db, call),
    note: async (call, outcome, pauseMs) => {
      try {
        await note(db, call, { outcome, pauseMs });
      } catch (error) {
        // The answer is there already; what is lost is a hint.
        log.warn({ platform: call.platform, err: error }, 'how a platform call ended could not be noted');
      }
    },
  };
}

async function take(db: Database, { platform, limits, account, caller }: MeteredCall): Promise<Permit> {
  const { application, account: perAccount } = limits;
  const { rows } = await withSystem(db, (tx) =>
    sql<{ wait_ms: number; reason: string | null; failures: number }>`
      select wait_ms, reason, failures
        from app.take_call(${platform}::ad_platform, ${account}, ${caller?.organizationId ?? null}::uuid,
             ${caller?.isBackground ?? false}, ${application?.burst ?? null}::float8, ${application?.perSecond ?? null}::float8,
             ${perAccount?.burst ?? null}::float8, ${perAccount?.perSecond ?? null}::float8)`.execute(tx),
  );
  const [answer] = rows;
  if (!answer) throw new Error('The call budget gave no answer.');
  return {
    waitMs: answer.wait_ms,
    isResting: answer.reason === 'circuit',
    isTroubled: answer.failures > 0,
  };
}

async function note(
  db: Database,
  { platform, account }: MeteredCall,
  { outcome, pauseMs }: { outcome: CallOutcome; pauseMs: number },
): Promise<void> {
  await withSystem(db, (tx) =>
    sql`select app.note_call(${platform}::ad_platform, ${account}, ${outcome}, ${Math.ceil(pauseMs)}::int4)`.execute(
      tx,
    ),
  );
}
