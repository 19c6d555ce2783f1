/**
 * What a channel is given and what it answers. A channel is the kind of transport (WhatsApp, e-mail, webhook, the checking of an
 * address, a call of an HTTP service); the provider is the service behind it. The outcome is a tagged value, never an exception, because each tag decides differently about a
 * second try, and a wrong decision there is how people are told twice.
 */

/** Every channel the installation knows, in the order in which it shows them. */
export const CHANNEL_NAMES = ['whatsapp', 'email', 'webhook', 'email_check', 'call', 'payment', 'script'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** The channels that senders serve; `email_check` asks about an address and `script` runs programs: processes of their own serve them. */
export const SEND_CHANNEL_NAMES = ['whatsapp', 'email', 'webhook', 'call', 'payment'] as const;
export type SendChannelName = (typeof SEND_CHANNEL_NAMES)[number];

/** The channels by which recipients are reached; `webhook` carries notices to the account's own endpoints. */
export const MESSAGE_CHANNEL_NAMES = ['whatsapp', 'email'] as const;
export type MessageChannelName = (typeof MESSAGE_CHANNEL_NAMES)[number];

/** The channels that reach no recipient but do something: a run of them has one delivery, and keeps what each try came to. */
export const TASK_CHANNEL_NAMES = ['call', 'payment', 'script'] as const;
export type TaskChannelName = (typeof TASK_CHANNEL_NAMES)[number];

/** The channels that jobs of an account go by. */
export const JOB_CHANNEL_NAMES = [...MESSAGE_CHANNEL_NAMES, ...TASK_CHANNEL_NAMES] as const;
export type JobChannelName = (typeof JOB_CHANNEL_NAMES)[number];

/** Whether a channel does something, and reaches no recipient. */
export function isTaskChannel(channel: string): channel is TaskChannelName {
  return (TASK_CHANNEL_NAMES as readonly string[]).includes(channel);
}

/** A text for WhatsApp. */
export interface TextContent {
  readonly type: 'text';
  readonly text: string;
}

/** A message that WhatsApp approved beforehand; parameters fill its body in order. */
export interface ApprovedTemplateContent {
  readonly type: 'template';
  readonly name: string;
  /** Language code as the provider spells it, such as `en_US`. */
  readonly language: string;
  readonly parameters: readonly string[];
}

/** Whom an e-mail is from, where it is not the provider account's own sender. */
export interface Sender {
  readonly name?: string;
  /** One of the provider account's `senders`. */
  readonly address?: string;
  readonly replyTo?: string;
}

/** An e-mail: at least one of `text` and `html`. */
export interface EmailContent {
  readonly type: 'email';
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly sender?: Sender;
}

/** An e-mail with a document, which is made once for all of a run. */
export interface ReportContent {
  readonly type: 'report';
  /** Where it comes from: a URL, a run of the account as CSV, or the newest run of a job. */
  readonly source:
    | { readonly type: 'url'; readonly url: string }
    | { readonly type: 'run'; readonly runId: number }
    | { readonly type: 'job'; readonly jobId: number };
  readonly subject: string;
  readonly text: string;
  readonly fileName: string;
}

/** A document as it goes out. */
export interface Attachment {
  readonly fileName: string;
  /** Such as `text/csv`. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A notice to an endpoint of the account; the bytes of the body are frozen when the notice is made. */
export interface NoticeContent {
  readonly type: 'notice';
  /** Such as `evt_12`; the `webhook-id`, the same at every try. */
  readonly eventId: string;
  readonly eventType: string;
  /** JSON. */
  readonly body: string;
}

/** The methods of a call. */
export const CALL_METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'] as const;

/** A call of an HTTP service that the account chose; the bytes of its body are frozen when it is stored. */
export interface CallContent {
  readonly type: 'call';
  readonly method: (typeof CALL_METHODS)[number];
  readonly url: string;
  /** Beside ours; names in small letters. */
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
}

/** A payment, told to a payment provider. */
export interface PaymentContent {
  readonly type: 'payment';
  /** Who pays and who is paid, as the provider names them. */
  readonly sender: string;
  readonly receiver: string;
  /** In the currency's smallest unit, such as cents. */
  readonly amountMinor: number;
  /** ISO 4217, such as `EUR`. */
  readonly currency: string;
  readonly description?: string;
}

/** What a script may be written in. */
export const SCRIPT_LANGUAGES = ['python', 'javascript'] as const;
export type ScriptLanguage = (typeof SCRIPT_LANGUAGES)[number];

/** A program of the account's, run in isolation. */
export interface ScriptContent {
  readonly type: 'script';
  readonly language: ScriptLanguage;
  /** Under which the account's source is stored; hex. */
  readonly sha256: string;
  /** JSON. */
  readonly parameters: string;
}

/** Nothing is said to anybody: the address itself is to be judged. */
export interface CheckContent {
  readonly type: 'check';
}

/**
 * What a message says. Text, subject, HTML and parameters may hold variables (`{{name}}`); `defaults` stand in for those
 * that a recipient does not have. What reaches a channel has none left.
 */
export type Content = (
  | TextContent
  | ApprovedTemplateContent
  | EmailContent
  | ReportContent
  | NoticeContent
  | CheckContent
  | CallContent
  | PaymentContent
  | ScriptContent
) & {
  /** By the variable's name. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Which stored template it was taken from, and of which version. */
  readonly storedTemplate?: { readonly id: number; readonly version: number };
};

/** What every provider account has. */
interface ProviderCommon {
  readonly id: number;
  readonly accountId: number;
  /** The throughput limit, all processes together. */
  readonly messagesPerSecond: number;
  /** Nothing is to be sent through it; an endpoint of webhooks says so by `enabled`. */
  readonly disabled?: true;
}

/** One account's access to the WhatsApp Cloud API through one phone number, which grants 80 messages a second to begin with. */
export interface WhatsAppProvider extends ProviderCommon {
  readonly channel: 'whatsapp';
  /** Such as `https://graph.facebook.com`; the simulator's address unless configured. No trailing slash. */
  readonly baseUrl: string;
  /** Such as `v23.0`. */
  readonly apiVersion: string;
  readonly phoneNumberId: string;
  readonly accessToken: string;
  /** Signs status callbacks (`X-Hub-Signature-256`). */
  readonly appSecret: string;
  /** Answers the provider's `hub.challenge` handshake. */
  readonly verifyToken: string;
}

/** One account's access to a server that takes e-mail by SMTP. */
export interface SmtpProvider extends ProviderCommon {
  readonly channel: 'email';
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` (refused when the server does not offer it), or `none`. */
  readonly security: 'tls' | 'starttls' | 'none';
  /** Empty when the server wants no login. */
  readonly user: string;
  readonly password: string;
  /** Whom messages are from unless their content says otherwise. */
  readonly from: { readonly name?: string; readonly address: string };
  /** Further addresses that a message may be from. */
  readonly senders: readonly string[];
}

/** An endpoint of the account that is told what happens. */
export interface WebhookProvider extends ProviderCommon {
  readonly channel: 'webhook';
  readonly url: string;
  /** `whsec_` secrets, the newest first; all of them sign while they overlap. */
  readonly secrets: readonly string[];
  /** Nothing is sent to an endpoint that was switched off. */
  readonly enabled: boolean;
}

/** By what an account's calls are signed and limited. */
export interface CallProvider extends ProviderCommon {
  readonly channel: 'call';
  /** As a webhook's. */
  readonly secrets: readonly string[];
}

/** One account's access to a payment provider. */
export interface PaymentProvider extends ProviderCommon {
  readonly channel: 'payment';
  /** Such as `https://pay.example.com`; the simulator's address unless configured. No trailing slash. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** For how long the provider remembers an idempotency key, from the first request with it. */
  readonly keyValidSeconds: number;
  /** When `baseUrl` was changed last: whoever answers there now says nothing of requests from before. Absent if it never was. */
  readonly movedAtMs?: number;
}

/** By what an account's scripts are limited. */
export interface ScriptProvider extends ProviderCommon {
  readonly channel: 'script';
}

/** What every verifier of e-mail addresses has. */
interface VerifierCommon extends ProviderCommon {
  readonly channel: 'email_check';
  /** What one verdict costs, in millionths of the currency's unit; local certainties cost nothing. */
  readonly priceMicros: number;
  /** ISO 4217, such as `EUR`. */
  readonly currency: string;
  /** For how many days a verdict counts. */
  readonly validDays: number;
  /** Name servers that are asked about domains, as `address` or `address:port`; the system's unless given. */
  readonly resolvers?: readonly string[];
}

/** A paid service that speaks the vocabulary of Kickbox over HTTP. */
export interface HttpVerifierProvider extends VerifierCommon {
  readonly verifier: 'http';
  /** Such as `https://api.kickbox.com`; the simulator's address unless configured. No trailing slash. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Leaves domains to the service too, where names cannot be looked up from here. */
  readonly skipDns?: true;
  /** As a payment provider's. */
  readonly movedAtMs?: number;
}

/** Our own dialogue with the mail server of the address. */
export interface SmtpVerifierProvider extends VerifierCommon {
  readonly verifier: 'smtp';
  /** What we call ourselves in EHLO: a name of ours that leads back to the address that we connect from. */
  readonly heloName: string;
  /** The sender that we name in MAIL FROM: a mailbox of ours that takes mail. */
  readonly mailFrom: string;
  /** Of the mail servers: 25 outside of tests. */
  readonly port: number;
}

/** Who judges the e-mail addresses of an account. */
export type VerifierProvider = HttpVerifierProvider | SmtpVerifierProvider;

/** The service behind a channel, with one account's access to it; secrets in the clear. */
export type Provider =
  | WhatsAppProvider
  | SmtpProvider
  | WebhookProvider
  | VerifierProvider
  | CallProvider
  | PaymentProvider
  | ScriptProvider;

/** One claimed delivery, ready for the wire. */
export interface OutgoingMessage {
  /**
   * Normalized address: for WhatsApp E.164 digits without `+`; for e-mail and its check `local@domain`; for a webhook its endpoint's
   * id; for a call the origin of its URL; for a payment its receiver; for a script the beginning of its hash.
   */
  readonly address: string;
  /** Rendered: no variable is left in it. */
  readonly content: Content;
  /** Names this try of this delivery: echoed by the provider's status callbacks; see `reference` in core. */
  readonly reference: string;
  /** The document of a report. */
  readonly attachment?: Attachment;
  /** The recipient's own link that ends such messages (RFC 8058), for channels that have a place for it. */
  readonly unsubscribeUrl?: string;
}

/**
 * Who else a throttle concerns: only this recipient, every message of this phone number, or the provider account as a
 * whole (locked, unpaid, token refused), which needs a person.
 */
export type ThrottleScope = 'recipient' | 'number' | 'account';

/** What a check found out about an address. What it could not find out is no verdict but a `retry` or an `unknown`. */
export interface AddressVerdict {
  /** `risky`: mail may arrive, and may do harm; the job's policy decides. */
  readonly verdict: 'deliverable' | 'undeliverable' | 'risky';
  /** Why, in one word such as `rejected_email`; see docs/address-checks.md. */
  readonly reason: string;
  /** What it cost, in millionths of the provider's currency. */
  readonly costMicros: number;
  /** Who said so: our own rules without asking anybody, the mail server, or the paid service. */
  readonly checkedBy: 'rules' | 'smtp' | 'http';
}

/** The most that is kept of an output or an error, bytes of UTF-8. */
export const RESULT_BYTES_MAX = 3_072;

/** What a try of a task came to, beside whether it went well. */
export interface TaskResult {
  /** How long it took, ms. */
  readonly ms: number;
  /** Of an HTTP call that was answered. */
  readonly status?: number;
  /** Of a script that ended by itself. */
  readonly exitCode?: number;
  /** The beginning of what it answered or printed, at most {@link RESULT_BYTES_MAX}. */
  readonly output?: string;
  /** The same of what went wrong; of a script the end of it, where most is said. */
  readonly error?: string;
  /** Something was left out of these two. */
  readonly truncated?: boolean;
}

/**
 * What became of one call.
 * - `accepted`: the provider took it; `providerMessageId` identifies it there. A check that came to its end is accepted too,
 *   and carries its verdict.
 * - `retry`: proven not accepted, worth another attempt; burns one.
 * - `throttled`: proven not accepted, because of a limit; burns no attempt.
 * - `rejected`: proven not accepted, and will never be.
 * - `unknown`: the request was (or may have been) written and the answer does not say. Never followed by a blind retry.
 */
export type SendOutcome = (
  | { readonly kind: 'accepted'; readonly providerMessageId: string; readonly verdict?: AddressVerdict }
  | {
      readonly kind: 'retry';
      readonly code: string;
      readonly message: string;
      readonly retryAfterMs?: number;
      /** The provider says that it has too much to do: fewer calls at once may be what helps. */
      readonly overloaded?: true;
    }
  | {
      readonly kind: 'throttled';
      readonly scope: ThrottleScope;
      readonly code: string;
      readonly message: string;
      readonly retryAfterMs?: number;
    }
  | {
      readonly kind: 'rejected';
      readonly code: string;
      readonly message: string;
      /**
       * What it says about the address beyond this delivery: `address` that it does not exist (it is suppressed from now
       * on), `endpoint` that a webhook's owner wants no more (it is switched off), `job` that doing the same again is of no use
       * (what becomes of the job goes by its channel).
       */
      readonly concerns?: 'address' | 'endpoint' | 'job';
    }
  | { readonly kind: 'unknown'; readonly code: string; readonly message: string }
) & {
  /** Only of channels that do something: what there is to keep of the try. */
  readonly result?: TaskResult;
};
