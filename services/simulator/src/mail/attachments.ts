/** What is attached to an e-mail, opened as a mail program would. */
import PostalMime from 'postal-mime';
import type { Attachment } from '../ledger/entry.ts';

const MAY_HAVE_SOME = /^content-type:\s*multipart\/mixed/im;

/** Whether it is worth opening a message: most have no attachment, and come by the thousand. */
export function mayHaveAttachments(message: string): boolean {
  const end = message.search(/\r?\n\r?\n/);
  return MAY_HAVE_SOME.test(end < 0 ? message : message.slice(0, end));
}

/** None of a message that cannot be opened. */
export async function readAttachments(bytes: Buffer): Promise<Attachment[]> {
  try {
    const { attachments } = await PostalMime.parse(bytes, { attachmentEncoding: 'arraybuffer' });
    return attachments.map(({ filename, mimeType, content }) => {
      const file = Buffer.from(content as ArrayBuffer);
      const text = mimeType.startsWith('text/') ? file.toString() : undefined;
      return {
        fileName: filename ?? '',
        mediaType: mimeType,
        bytes: file.length,
        ...(text !== undefined && { lines: text.split(/\r?\n/).length - (/\n$/.test(text) ? 1 : 0) }),
      };
    });
  } catch {
    return [];
  }
}
