/** The pages that a link to unsubscribe shows. */
import { linkPage } from '../../http/page.ts';

/** What is ended, in the recipient's words. */
function messagesOf(channel: string): string {
  return channel === 'email' ? 'e-mails' : 'WhatsApp messages';
}

/** Asks; the form goes to the page's own address, whatever path a proxy has given it. */
export function askPage(channel: string): string {
  return linkPage(
    'Unsubscribe',
    `<p>Press the button to receive no further ${messagesOf(channel)} from this sender at this address.</p>
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button type="submit">Unsubscribe</button></form>`,
  );
}

/** Says that it is done; also when it was done before. */
export function donePage(channel: string): string {
  return linkPage(
    'You are unsubscribed',
    `<p>This address receives no further ${messagesOf(channel)} from this sender. One that is already on its way may still arrive.</p>`,
  );
}
