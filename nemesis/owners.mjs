/**
 * Who wants to be told of jobs: the account by an endpoint, and some of its users by the ways that their contacts name. All of them are
 * reached where everybody is: the endpoint and the URLs at the service that is called, people at the simulator.
 */
import { createClient } from '@carillon/client';
import { seededPhone } from '@carillon/testkit';

/** Of what the account's endpoint is told. */
export const ENDPOINT_EVENTS = ['run.late', 'run.failed', 'job.cancelled', 'job.completed', 'payment.refused'];
/** Nobody else's numbers begin here. */
const OWNERS_FROM = 900_000;

/** How users of an account are told, by their ids; the others are not. */
function contactsOf(index, url) {
  const email = (user) => `${user}@owners-${index}.example`;
  const whatsapp = seededPhone(OWNERS_FROM + index);
  return {
    'user-0': { email: email('user-0') },
    'user-1': { webhook: url },
    'user-2': { email: email('user-2'), whatsapp: `+${whatsapp}`, webhook: url },
  };
}

/** Says so to the API. @returns `endpoint`, its id; `contacts`: by user, the ways as deliveries name them, such as `email ada@…` */
export async function setUpOwners(house, { key, index }) {
  const carillon = createClient({ baseUrl: house.fronts[0].url, apiKey: key });
  const url = house.urls.calls;
  const { id: endpoint } = await carillon.post('/v1/webhooks', { body: { url, events: ENDPOINT_EVENTS } });
  const contacts = new Map();
  for (const [userId, notify] of Object.entries(contactsOf(index, url))) {
    await carillon.put('/v1/users/{userId}/contact', { path: { userId }, body: { notify } });
    contacts.set(userId, waysOf(notify));
  }
  return { endpoint, contacts };
}

function waysOf({ email, whatsapp, webhook }) {
  return [
    ...(email ? [`email ${email}`] : []),
    ...(whatsapp ? [`whatsapp ${whatsapp.slice(1)}`] : []),
    ...(webhook ? [`call ${new URL(webhook).origin}`] : []),
  ];
}
