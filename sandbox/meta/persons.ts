import { CALL_KINDS } from '../control/faults.ts';
import { type Person } from '../world/people.ts';
import { noSuchObject } from './failures.ts';
import { type FieldTable, parseFields, selectFields } from './fields.ts';
import { type Bearer, bearerOf, type GraphAnswer, type GraphCall, type GraphRoute } from './graph.ts';

const PERSON_FIELDS: FieldTable<Person> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  first_name: ({ name }) => name.split(' ')[0],
  last_name: ({ name }) => name.split(' ')[1],
};

/** The person who is asked about: only the holder of the token can be. */
export function personAsked(call: GraphCall): Bearer {
  const bearer = bearerOf(call);
  const [asked = 'me'] = call.captured;
  if (asked !== 'me' && asked !== bearer.person.id) throw noSuchObject(asked, call.method);
  return bearer;
}

function showPerson(call: GraphCall): GraphAnswer {
  const { person } = personAsked(call);
  const asked = parseFields(call.params.get('fields'));
  const id = { name: 'id', inner: null };
  const fields = asked.length === 0 ? [{ name: 'name', inner: null }, id] : [...asked, id];
  return { body: selectFields(PERSON_FIELDS, person, fields, 'User') };
}

function showPermissions(call: GraphCall): GraphAnswer {
  const { token } = personAsked(call);
  const data = token.requested.map((permission) => {
    return { permission, status: token.granted.includes(permission) ? 'granted' : 'declined' };
  });
  return { body: { data } };
}

/** Ends the grant of the person to the application, with every token that was ever given for it. */
function revokePermissions(call: GraphCall): GraphAnswer {
  const { person } = personAsked(call);
  call.state.meta.revoke(person.id, call.at);
  return { body: { success: true } };
}

const common = { usage: 'application', kinds: CALL_KINDS } as const;

export const PERSON_ROUTES: readonly GraphRoute[] = [
  { ...common, method: 'GET', path: /^(me)$/, answer: showPerson },
  { ...common, method: 'GET', path: /^(me|\d+)\/permissions$/, answer: showPermissions },
  { ...common, method: 'DELETE', path: /^(me|\d+)\/permissions$/, answer: revokePermissions },
];
