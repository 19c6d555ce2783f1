/** The types of the API. Made by `npm run generate`; not to be edited. */
export interface paths {
  '/v1/recipients/{externalId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a recipient
     * @description Read a recipient.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getRecipient'];
    /**
     * Create or replace a recipient
     * @description Replaces the recipient whole: what is left out is emptied. Memberships of audiences stay.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    put: operations['replaceRecipient'];
    post?: never;
    /**
     * Delete a recipient
     * @description Erases name, phone number, e-mail address, zone and attributes, and leaves all audiences. Past deliveries keep their counts, and a keyed hash that prevents a second send.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    delete: operations['deleteRecipient'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/recipients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List recipients
     * @description List recipients.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listRecipients'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audiences': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List audiences
     * @description List audiences.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listAudiences'];
    put?: never;
    /**
     * Create an audience
     * @description Names are unique. Where there is one of this name it is answered as it is, so this may be repeated.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['createAudience'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audiences/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read an audience
     * @description Read an audience.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getAudience'];
    put?: never;
    post?: never;
    /**
     * Delete an audience
     * @description The people stay. A run that is still to be expanded no longer reaches anybody through it.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    delete: operations['deleteAudience'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audiences/{id}/members': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the members of an audience
     * @description List the members of an audience.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listAudienceMembers'];
    put?: never;
    /**
     * Add and remove members
     * @description All of it or nothing. May be repeated: adding a member again, or removing who is none, changes nothing.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['changeAudienceMembers'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audiences/{id}/members/{externalId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Add a member
     * @description Add a member.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    put: operations['addAudienceMember'];
    post?: never;
    /**
     * Remove a member
     * @description Remove a member.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    delete: operations['removeAudienceMember'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/imports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Import recipients from a CSV or NDJSON file
     * @description The file is the body, read as a stream; it may be packed (`Content-Encoding: gzip`), and may have millions of lines of
     *     at most 64 KiB. Bad lines are reported, each with its reason, and all others are kept.
     *
     *     CSV: UTF-8, separated by commas, first line with the names of the columns. `externalId` is needed, and `phone` or `email` or both;
     *     `name`, `zone` and `audiences` (names separated by semicolons, made where they are missing) may be there; each other column becomes
     *     an attribute, empty values left out. NDJSON: one object a line with the same names; `audiences` may be a list; every other name, and what is in an
     *     object `attributes`, becomes an attribute.
     *
     *     A line replaces the recipient of its `externalId` whole, as PUT does; of several lines the last one counts. Memberships are only added.
     *
     *     The same Idempotency-Key answers with the report of the import that it began, whatever file comes with it. An import that was
     *     interrupted is repeated with a new key: what was kept is only replaced by itself.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['createImport'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/imports/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the report of an import
     * @description Read the report of an import.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getImport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/imports/{id}/errors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the bad lines of an import
     * @description List the bad lines of an import.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listImportErrors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/jobs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List jobs, newest first
     * @description List jobs, newest first.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listJobs'];
    put?: never;
    /**
     * Schedule a message
     * @description The answer is given once the job is stored for good. A job due soon has its run at once; another gets it when its time comes near. A moment up to one minute in the past counts as now.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['createJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/jobs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a job
     * @description Read a job.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getJob'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/jobs/{id}/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List a job's runs, newest first
     * @description List a job's runs, newest first.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listJobRuns'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/jobs/{id}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Stop sending for now
     * @description Answers at once. From then on nothing further is begun; `inTheAir` messages were already on their way. Read the job again: without "-ing" its status says that nothing is in the air any more.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['pauseJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/jobs/{id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Let a paused job go on
     * @description Answers at once. From then on nothing further is begun; `inTheAir` messages were already on their way. Read the job again: without "-ing" its status says that nothing is in the air any more.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['resumeJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/jobs/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End a job; what was not sent will not be
     * @description Answers at once. From then on nothing further is begun; `inTheAir` messages were already on their way. Read the job again: without "-ing" its status says that nothing is in the air any more.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['cancelJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a run with exact counts
     * @description Read a run with exact counts.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/runs/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List a run's deliveries
     * @description List a run's deliveries.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listRunDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/deliveries/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a delivery with its tries and reports
     * @description Read a delivery with its tries and reports.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getDelivery'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/deliveries/{id}/settle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Settle one unknown outcome
     * @description Only a delivery whose outcome is `unknown` can be settled; every other state is the truth already.
     *
     *     Needs a key with the role `operate` or a higher one.
     */
    post: operations['settleDelivery'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/deliveries/settle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Settle all unknown outcomes that a filter matches
     * @description Repeating it is harmless: what is settled is not unknown any more. Count with `dryRun` before. What was cancelled or has expired is never sent again, whatever `as` says.
     *
     *     Needs a key with the role `operate` or a higher one.
     */
    post: operations['settleDeliveries'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/holds': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the holds that stand
     * @description This account's, and those on the whole installation. Keys of an operator account see every account's.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listHolds'];
    put?: never;
    /**
     * Stop all sending
     * @description From the answer on nothing further is begun; what was on its way may still arrive, within the time-out. Jobs, runs and schedules go on and wait. Placing a hold that stands already answers 200 with it.
     *
     *     Needs a key with the role `operate` or a higher one.
     */
    post: operations['createHold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/holds/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Release a hold
     * @description What waited goes on at once, in the order in which it was due.
     *
     *     Needs a key with the role `operate` or a higher one.
     */
    delete: operations['deleteHold'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/provider-accounts/{id}/callbacks/whatsapp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The provider's handshake
     * @description The provider's handshake.
     */
    get: operations['getProviderAccountCallbackWhatsapp'];
    put?: never;
    /**
     * Status reports of the provider
     * @description Status reports of the provider.
     */
    post: operations['whatsappProviderAccountsCallbacks'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Audience: {
      /**
       * @description Id of the audience
       * @example aud_7
       */
      id: string;
      /**
       * @description Its name, unique in the account
       * @example Headquarters
       */
      name: string;
      /**
       * @description How many recipients belong to it
       * @example 250
       */
      members: number;
      /**
       * Format: date-time
       * @description When it was created
       * @example 2026-11-21T09:00:00.000Z
       */
      createdAt: string;
    };
    AudienceBody: {
      /**
       * @description The audience's name, unique in the account
       * @example Headquarters
       */
      name: string;
    };
    AudiencePage: {
      /** @description The rows of this page */
      data: components['schemas']['Audience'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    /** @description What it says */
    Content: {
      /**
       * @description The text
       * @example Dear {{name}}, the canteen opens at eleven.
       */
      text?: string;
      /** @description A message that WhatsApp approved beforehand */
      template?: {
        /**
         * @description Its name at WhatsApp
         * @example canteen_opens
         */
        name: string;
        /**
         * @description Its language
         * @example en_US
         */
        language: string;
        /**
         * @description What fills its body
         * @example [
         *       "{{name}}",
         *       "eleven"
         *     ]
         */
        parameters: string[];
      };
      /**
       * @description The subject of an e-mail
       * @example The canteen opens at eleven
       */
      subject?: string;
      /**
       * @description The HTML of an e-mail
       * @example <p>Dear {{name}}</p>
       */
      html?: string;
      /** @description Whom an e-mail is from */
      sender?: {
        /**
         * @description Name beside the address
         * @example Ostwerk
         */
        name?: string;
        /**
         * @description Its address
         * @example news@ostwerk.example
         */
        address?: string;
        /**
         * @description Where answers go
         * @example office@ostwerk.example
         */
        replyTo?: string;
      };
      /**
       * @description What stands for missing variables
       * @example {
       *       "name": "colleague"
       *     }
       */
      defaults?: {
        [key: string]: string;
      };
      /** @description The stored template that it was taken from */
      storedTemplate?: {
        /**
         * @description Id of the template
         * @example tpl_3
         */
        id: string;
        /**
         * @description The version that it was taken from
         * @example 2
         */
        version: number;
      };
    };
    /**
     * @description What it says: for WhatsApp `text` or `template`, for e-mail `subject` with `text` or `html`, or `storedTemplate`
     * @example {
     *       "text": "Dear {{name}}, the canteen opens at eleven today.",
     *       "defaults": {
     *         "name": "colleague"
     *       }
     *     }
     */
    ContentBody: {
      /**
       * @description For WhatsApp at most 4,096 characters; for e-mail the plain text. May hold variables
       * @example Dear {{name}}, the canteen opens at eleven today.
       */
      text?: string;
      /** @description Only WhatsApp: a message that WhatsApp approved beforehand */
      template?: {
        /**
         * @description Its name at WhatsApp
         * @example canteen_opens
         */
        name: string;
        /**
         * @description Its language
         * @example en_US
         */
        language: string;
        /**
         * @description What fills its body, in order
         * @default []
         * @example [
         *       "{{name}}",
         *       "eleven"
         *     ]
         */
        parameters?: string[];
      };
      /**
       * @description Only e-mail. May hold variables
       * @example The canteen opens at eleven
       */
      subject?: string;
      /**
       * @description Only e-mail. May hold variables, whose values are escaped
       * @example <p>Dear {{name}}, the canteen opens at <b>eleven</b> today.</p>
       */
      html?: string;
      /** @description Whom an e-mail is from, where it is not the provider account's own sender */
      sender?: {
        /**
         * @description Name beside the address
         * @example Ostwerk
         */
        name?: string;
        /**
         * @description One of the provider account's senders
         * @example news@ostwerk.example
         */
        address?: string;
        /**
         * @description Where answers go
         * @example office@ostwerk.example
         */
        replyTo?: string;
      };
      /**
       * @description What stands for variables that a recipient does not have, by name
       * @example {
       *       "name": "colleague"
       *     }
       */
      defaults?: {
        [key: string]: string;
      };
      /**
       * @description A template stored here
       * @example {
       *       "name": "Canteen"
       *     }
       */
      storedTemplate?: {
        /**
         * @description Its name
         * @example Canteen
         */
        name?: string;
        /**
         * @description Or its id
         * @example tpl_3
         */
        id?: string;
        /**
         * @description Default the newest
         * @example 2
         */
        version?: number;
      };
    };
    ControlAnswer: {
      /**
       * @description Id of the job
       * @example job_42
       */
      id: string;
      /**
       * @description What became of it
       * @example pausing
       * @enum {string}
       */
      status: 'active' | 'pausing' | 'paused' | 'completed' | 'cancelling' | 'cancelled';
      /**
       * @description Messages whose sending had been committed before, and that may still arrive
       * @example 3
       */
      inTheAir: number;
    };
    /**
     * @description A message to be sent
     * @example {
     *       "kind": "message",
     *       "channel": "whatsapp",
     *       "name": "Canteen",
     *       "content": {
     *         "text": "The canteen opens at eleven today."
     *       },
     *       "trigger": {
     *         "type": "at",
     *         "at": "2026-11-21T09:00:00Z"
     *       },
     *       "audience": {
     *         "audiences": [
     *           "aud_1"
     *         ]
     *       }
     *     }
     */
    CreateJobBody: {
      /**
       * @description What it does
       * @example message
       * @constant
       */
      kind: 'message';
      /**
       * @description How people are reached
       * @example whatsapp
       * @enum {string}
       */
      channel: 'whatsapp' | 'email';
      /**
       * @description For people, in lists
       * @example Canteen
       */
      name: string;
      content: components['schemas']['ContentBody'];
      trigger: components['schemas']['TriggerBody'];
      audience: components['schemas']['TargetBody'];
      /** @default {} */
      policy?: components['schemas']['PolicyBody'];
      /**
       * @description Id of one of the account's; default the first for this channel
       * @example pvd_1
       */
      providerAccount?: string;
      /**
       * @description Whether it is meant although another job says nearly the same to the same people about the same time
       * @default false
       * @example false
       */
      allowSimilar?: boolean;
    };
    Delivery: {
      /**
       * @description Id of the delivery
       * @example dlv_20261121_7_12
       */
      id: string;
      /**
       * @description Id of the run
       * @example run_42
       */
      run: string;
      /**
       * @description The recipient's externalId; null when the recipient was deleted
       * @example E-0042
       */
      recipient: string | null;
      /**
       * @description Where it goes, as it was when the run was planned
       * @example +4915110200034
       */
      address: string;
      /**
       * @description What became of it so far
       * @example failed
       * @enum {string}
       */
      state: 'scheduled' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped' | 'cancelled';
      /**
       * @description The last error, or why it was skipped
       * @example 131026
       */
      code: string | null;
      /**
       * @description Sends begun so far
       * @example 1
       */
      try: number;
      /**
       * @description Of the allowed attempts, those used
       * @example 1
       */
      attempts: number;
      /**
       * @description Which version of the content it carries
       * @example 1
       */
      contentVersion: number;
      /**
       * Format: date-time
       * @description Not sent before this; moves with retries
       * @example 2026-11-21T09:00:00.000Z
       */
      dueAt: string;
      /**
       * Format: date-time
       * @description When its last try began; null before the first
       * @example 2026-11-21T09:00:04.120Z
       */
      sendingAt: string | null;
      /**
       * Format: date-time
       * @description When its present state was reached, if that is an end; null until then
       * @example 2026-11-21T09:00:04.120Z
       */
      settledAt: string | null;
      /**
       * @description The provider's id of the message
       * @example wamid.HBgNNDkxNTExMDIwMDAzNBUCABEYEjA1
       */
      providerMessageId: string | null;
    };
    DeliveryDetail: {
      /**
       * @description Id of the delivery
       * @example dlv_20261121_7_12
       */
      id: string;
      /**
       * @description Id of the run
       * @example run_42
       */
      run: string;
      /**
       * @description The recipient's externalId; null when the recipient was deleted
       * @example E-0042
       */
      recipient: string | null;
      /**
       * @description Where it goes, as it was when the run was planned
       * @example +4915110200034
       */
      address: string;
      /**
       * @description What became of it so far
       * @example failed
       * @enum {string}
       */
      state: 'scheduled' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped' | 'cancelled';
      /**
       * @description The last error, or why it was skipped
       * @example 131026
       */
      code: string | null;
      /**
       * @description Sends begun so far
       * @example 1
       */
      try: number;
      /**
       * @description Of the allowed attempts, those used
       * @example 1
       */
      attempts: number;
      /**
       * @description Which version of the content it carries
       * @example 1
       */
      contentVersion: number;
      /**
       * Format: date-time
       * @description Not sent before this; moves with retries
       * @example 2026-11-21T09:00:00.000Z
       */
      dueAt: string;
      /**
       * Format: date-time
       * @description When its last try began; null before the first
       * @example 2026-11-21T09:00:04.120Z
       */
      sendingAt: string | null;
      /**
       * Format: date-time
       * @description When its present state was reached, if that is an end; null until then
       * @example 2026-11-21T09:00:04.120Z
       */
      settledAt: string | null;
      /**
       * @description The provider's id of the message
       * @example wamid.HBgNNDkxNTExMDIwMDAzNBUCABEYEjA1
       */
      providerMessageId: string | null;
      /**
       * @description Id of the job
       * @example job_42
       */
      job: string;
      /** @description Every try that is kept; a first one that succeeded is told by the delivery */
      tries: {
        /**
         * @description Which try, counted from 1
         * @example 1
         */
        try: number;
        /**
         * @description How it ended
         * @example failed
         */
        outcome: string;
        /**
         * @description The error, when there was one
         * @example 131026
         */
        code: string | null;
        /**
         * @description The provider's words about it
         * @example Receiver is incapable of receiving this message
         */
        message: string | null;
        /**
         * Format: date-time
         * @description When it was begun; null when that is not kept
         * @example 2026-11-21T09:00:04.120Z
         */
        startedAt: string | null;
        /**
         * Format: date-time
         * @description When its outcome was known; null when it never was
         * @example 2026-11-21T09:00:04.120Z
         */
        endedAt: string | null;
        /**
         * @description The provider's id of the message
         * @example wamid.HBgNNDkxNTExMDIwMDAzNBUCABEYEjA1
         */
        providerMessageId: string | null;
      }[];
      /** @description What the provider reported, in the order of arrival */
      reports: {
        /**
         * @description Which try, counted from 1
         * @example 1
         */
        try: number;
        /**
         * @description What the provider says became of it
         * @example delivered
         */
        status: string;
        /**
         * @description The provider's error code, when it says failed
         * @example 131026
         */
        code: string | null;
        /**
         * @description The provider's id of the message
         * @example wamid.HBgNNDkxNTExMDIwMDAzNBUCABEYEjA1
         */
        providerMessageId: string | null;
        /**
         * Format: date-time
         * @description The provider's own time of it
         * @example 2026-11-21T09:00:00.000Z
         */
        reportedAt: string;
        /**
         * Format: date-time
         * @description When it arrived here
         * @example 2026-11-21T09:00:00.000Z
         */
        receivedAt: string;
      }[];
    };
    DeliveryPage: {
      /** @description The rows of this page */
      data: components['schemas']['Delivery'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    Hold: {
      /**
       * @description Its id
       * @example hld_3
       */
      id: string;
      /**
       * @description Whether it holds this account or everything
       * @example account
       * @enum {string}
       */
      scope: 'account' | 'installation';
      /**
       * @description The channel it holds; null is every channel
       * @example whatsapp
       * @enum {string|null}
       */
      channel: 'whatsapp' | 'email' | 'webhook' | null;
      /**
       * @description Why it was placed
       * @example The announcement has a wrong date
       */
      reason: string;
      /**
       * Format: date-time
       * @description When it was placed
       * @example 2026-11-20T09:00:00.000Z
       */
      createdAt: string;
      /**
       * @description Who placed it
       * @example key_7
       */
      createdBy: string | null;
    };
    HoldBody: {
      /**
       * @description What is held: this account, or (keys of an operator account only) everything
       * @default account
       * @example account
       * @enum {string}
       */
      scope?: 'account' | 'installation';
      /**
       * @description Only this channel; null is every channel
       * @default null
       * @example whatsapp
       * @enum {string|null}
       */
      channel?: 'whatsapp' | 'email' | 'webhook' | null;
      /**
       * @description Why, for whoever finds the hold
       * @example The announcement has a wrong date
       */
      reason: string;
    };
    Holds: {
      /** @description The holds that stand, eldest first */
      items: components['schemas']['Hold'][];
    };
    Import: {
      /**
       * @description Id of the import
       * @example imp_7
       */
      id: string;
      /**
       * @description Format of the file
       * @example csv
       * @enum {string}
       */
      format: 'csv' | 'ndjson';
      /**
       * @description `running`: lines are being read. `completed`: the file was read to its end. `interrupted`: the upload broke off. `failed`: the database refused in the middle. What was kept stays in every case.
       * @example completed
       * @enum {string}
       */
      state: 'running' | 'completed' | 'interrupted' | 'failed';
      /**
       * @description Lines with data: kept and bad ones, without header and blank lines
       * @example 5000
       */
      rowsRead: number;
      /**
       * @description Lines that were stored; a later line of the same externalId replaces the earlier one, and both count
       * @example 4998
       */
      rowsKept: number;
      /**
       * @description Lines that were not stored; `/errors` says why
       * @example 2
       */
      rowsBad: number;
      /**
       * @description From the start to the end, or to now
       * @example 0.214
       */
      seconds: number;
      /**
       * Format: date-time
       * @description When it began
       * @example 2026-11-21T09:00:00.000Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it ended; null while it runs
       * @example 2026-11-21T09:00:00.214Z
       */
      finishedAt: string | null;
    };
    ImportError: {
      /**
       * @description Counted from 1, the header included; a record over several lines has the number of its first
       * @example 17
       */
      line: number;
      /**
       * @description Stable; docs/errors.md lists them
       * @example invalid_phone
       */
      code: string;
      /**
       * @description The column or name at fault; null when it is the line
       * @example phone
       */
      field: string | null;
      /**
       * @description What is wrong, for people
       * @example The phone number is not valid, or could be two different numbers.
       */
      detail: string;
    };
    ImportErrorPage: {
      /** @description The rows of this page */
      data: components['schemas']['ImportError'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    /** @description Somebody who is no stored recipient */
    InlineAddress: {
      /**
       * @description A phone number for WhatsApp, an e-mail address for e-mail
       * @example +49 151 1020 0034
       */
      address: string;
      /**
       * @description For the variable `name`
       * @example Dilara Peters
       */
      name?: string;
      /**
       * @description Time zone; default the account's
       * @example Europe/Berlin
       */
      zone?: string;
      /**
       * @description Flat: strings, numbers and booleans, for message variables
       * @default {}
       * @example {
       *       "firstName": "Dilara",
       *       "floor": 3
       *     }
       */
      attributes?: {
        [key: string]: string | number | boolean;
      };
    };
    Job: {
      /**
       * @description Id of the job
       * @example job_42
       */
      id: string;
      /**
       * @description For people, in lists
       * @example Canteen
       */
      name: string;
      /**
       * @description A message, or the test of one
       * @example message
       * @enum {string}
       */
      kind: 'message' | 'test';
      /**
       * @description How people are reached
       * @example whatsapp
       * @enum {string}
       */
      channel: 'whatsapp' | 'email';
      /**
       * @description The provider account that it is sent by
       * @example pvd_1
       */
      providerAccount: string;
      /**
       * @description What became of it
       * @example active
       * @enum {string}
       */
      status: 'active' | 'pausing' | 'paused' | 'completed' | 'cancelling' | 'cancelled';
      /**
       * @description Grows with each change; a change must name it
       * @example 3
       */
      version: number;
      content: components['schemas']['Content'];
      /**
       * @description Grows with each change of the content
       * @example 1
       */
      contentVersion: number;
      trigger: components['schemas']['Trigger'];
      audience: components['schemas']['TargetAnswer'];
      policy: components['schemas']['Policy'];
      /**
       * Format: date-time
       * @description The moment that it is about
       * @example 2026-11-21T09:00:00.000Z
       */
      plannedAt: string | null;
      /**
       * Format: date-time
       * @description When the scheduler looks at it; null when its run is planned
       * @example 2026-11-21T09:00:00.000Z
       */
      nextRunAt: string | null;
      /** @description The newest run */
      run: {
        /**
         * @description Id of the run
         * @example run_7
         */
        id: string;
        /**
         * @description Which occurrence of the job it is
         * @example once
         */
        occurrence: string;
        /**
         * @description How far it is
         * @example sending
         * @enum {string}
         */
        state: 'planned' | 'expanding' | 'sending' | 'completed';
        /**
         * Format: date-time
         * @description When it is due at the earliest
         * @example 2026-11-21T09:00:00.000Z
         */
        dueAt: string;
      } | null;
      /**
       * Format: date-time
       * @description When it was created
       * @example 2026-11-21T09:00:00.000Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       * @example 2026-11-21T09:00:00.000Z
       */
      updatedAt: string;
    };
    JobPage: {
      /** @description The rows of this page */
      data: components['schemas']['Job'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    MembersBody: {
      /**
       * @description Recipients who join, by their `externalId`
       * @default []
       * @example [
       *       "E-0042",
       *       "E-0043"
       *     ]
       */
      add?: string[];
      /**
       * @description Recipients who leave, by their `externalId`
       * @default []
       * @example [
       *       "E-0007"
       *     ]
       */
      remove?: string[];
    };
    MembersChange: {
      /**
       * @description Who were not members before
       * @example 2
       */
      added: number;
      /**
       * @description Who were members before
       * @example 1
       */
      removed: number;
    };
    /** @description How it goes about trouble */
    Policy: {
      /**
       * @description Tries that may fail, the first one included
       * @example 5
       */
      attempts: number;
      /** @description How long to wait between tries, in seconds */
      backoff: {
        /**
         * @description Wait before the second try
         * @example 5
         */
        initialSeconds: number;
        /**
         * @description By what each wait is longer
         * @example 2
         */
        factor: number;
        /**
         * @description The longest wait
         * @example 3600
         */
        maxSeconds: number;
      };
      /**
       * @description Seconds after the due time; null is never
       * @example 7200
       */
      expireAfter: number | null;
      /** @description What becomes of an outcome that nobody knows */
      unknown: {
        /**
         * @description What becomes of it
         * @example hold
         * @enum {string}
         */
        action: 'hold' | 'fail' | 'resend';
        /**
         * @description Seconds without a report
         * @example 3600
         */
        after: number;
      };
      /**
       * @description Whom one message is enough for
       * @example address
       * @enum {string}
       */
      dedupeBy: 'address' | 'recipient';
      /**
       * @description Whether messages wait for the end of quiet hours
       * @example respect
       * @enum {string}
       */
      quietHours: 'respect' | 'ignore';
    };
    /** @description How it goes about trouble */
    PolicyBody: {
      /**
       * @description Tries that may fail, the first one included
       * @default 5
       * @example 5
       */
      attempts?: number;
      /**
       * @description How long to wait between tries
       * @default {}
       */
      backoff?: {
        /**
         * @description Wait before the second try, in seconds
         * @default 5
         * @example 5
         */
        initialSeconds?: number;
        /**
         * @description By what each wait is longer than the one before
         * @default 2
         * @example 2
         */
        factor?: number;
        /**
         * @description The longest wait, in seconds
         * @default 3600
         * @example 3600
         */
        maxSeconds?: number;
      };
      /**
       * @description What is not sent so long after its due time is skipped: seconds, or an ISO 8601 duration; null is never
       * @example PT2H
       */
      expireAfter?: (string | number) | null;
      /**
       * @description What becomes of an outcome that nobody knows, and after how long without a report
       * @default {}
       */
      unknown?: {
        /**
         * @description `hold` waits for a person, `fail` counts it as failed, `resend` sends once more
         * @default hold
         * @example hold
         * @enum {string}
         */
        action?: 'hold' | 'fail' | 'resend';
        /**
         * @description How long without a report, as seconds or an ISO 8601 duration
         * @example PT1H
         */
        after?: string | number;
      };
      /**
       * @description Whom one message is enough for: whoever shares the address, or each recipient alone
       * @default address
       * @example address
       * @enum {string}
       */
      dedupeBy?: 'address' | 'recipient';
      /**
       * @description Whether messages wait for the end of the account's quiet hours in the recipient's zone
       * @default respect
       * @example respect
       * @enum {string}
       */
      quietHours?: 'respect' | 'ignore';
    };
    /** @description What every error answers with */
    Problem: {
      /**
       * @description The code as a URN
       * @example urn:carillon:error:invalid_zone
       */
      type: string;
      /**
       * @description The same for every occurrence
       * @example The time zone is not known
       */
      title: string;
      /**
       * @description The HTTP status
       * @example 400
       */
      status: number;
      /**
       * @description Stable; programs decide by it
       * @example invalid_zone
       * @enum {string}
       */
      code:
        | 'malformed_json'
        | 'validation_failed'
        | 'idempotency_key_required'
        | 'idempotency_key_invalid'
        | 'invalid_id'
        | 'invalid_cursor'
        | 'invalid_phone'
        | 'invalid_email'
        | 'invalid_zone'
        | 'invalid_instant'
        | 'invalid_wall_time'
        | 'invalid_duration'
        | 'unauthorized'
        | 'signature_invalid'
        | 'forbidden'
        | 'not_found'
        | 'method_not_allowed'
        | 'not_acceptable'
        | 'invalid_state'
        | 'run_started'
        | 'version_conflict'
        | 'similar_job'
        | 'name_taken'
        | 'idempotency_in_progress'
        | 'body_too_large'
        | 'unsupported_media_type'
        | 'idempotency_key_reused'
        | 'unknown_audience'
        | 'unknown_recipient'
        | 'unknown_template'
        | 'unknown_provider'
        | 'wall_time_in_gap'
        | 'moment_in_past'
        | 'moment_too_far'
        | 'too_many_requests'
        | 'internal'
        | 'unavailable'
        | 'unknown_outcome';
      /**
       * @description The field at fault, as a path
       * @example trigger.zone
       */
      field?: string;
      /**
       * @description What is wrong in this case, for people
       * @example There is no such time zone in the IANA database.
       */
      detail: string;
      /**
       * @description What can be done about it
       * @example Use a name of the IANA time zone database, such as Europe/Berlin.
       */
      advice: string;
      /** @description All faults, where several fields may be at fault */
      errors?: {
        /**
         * @description The field at fault, as a path
         * @example trigger.zone
         */
        field: string;
        /**
         * @description Stable; programs decide by it
         * @example invalid_zone
         * @enum {string}
         */
        code:
          | 'malformed_json'
          | 'validation_failed'
          | 'idempotency_key_required'
          | 'idempotency_key_invalid'
          | 'invalid_id'
          | 'invalid_cursor'
          | 'invalid_phone'
          | 'invalid_email'
          | 'invalid_zone'
          | 'invalid_instant'
          | 'invalid_wall_time'
          | 'invalid_duration'
          | 'unauthorized'
          | 'signature_invalid'
          | 'forbidden'
          | 'not_found'
          | 'method_not_allowed'
          | 'not_acceptable'
          | 'invalid_state'
          | 'run_started'
          | 'version_conflict'
          | 'similar_job'
          | 'name_taken'
          | 'idempotency_in_progress'
          | 'body_too_large'
          | 'unsupported_media_type'
          | 'idempotency_key_reused'
          | 'unknown_audience'
          | 'unknown_recipient'
          | 'unknown_template'
          | 'unknown_provider'
          | 'wall_time_in_gap'
          | 'moment_in_past'
          | 'moment_too_far'
          | 'too_many_requests'
          | 'internal'
          | 'unavailable'
          | 'unknown_outcome';
        /**
         * @description What is wrong with it, for people
         * @example There is no such time zone in the IANA database.
         */
        detail: string;
      }[];
      /** @description With `similar_job`: the job that is alike */
      similar?: {
        /**
         * @description Id of the other job
         * @example job_41
         */
        id: string;
        /**
         * @description Its name
         * @example Canteen
         */
        name: string;
        /**
         * Format: date-time
         * @description The moment that it is about
         * @example 2026-11-21T09:00:00.000Z
         */
        plannedAt: string;
        /**
         * @description Of the texts, 0 to 1
         * @example 0.93
         */
        similarity: number;
      };
      /**
       * @description With `version_conflict`: the present version
       * @example 4
       */
      version?: number;
      /**
       * @description The same as the header X-Request-Id
       * @example 3f0c1b52-7a0e-4f0e-9d5e-2f1f6f1c9a10
       */
      requestId: string;
    };
    Recipient: {
      /**
       * @description Id of the recipient
       * @example rcp_7
       */
      id: string;
      /**
       * @description Your own id of the person
       * @example E-0042
       */
      externalId: string;
      /**
       * @description Name of the person
       * @example Dilara Peters
       */
      name: string | null;
      /**
       * @description In E.164, with its plus sign
       * @example +4915110200034
       */
      phone: string | null;
      /**
       * @description E-mail address
       * @example dilara.peters@example.com
       */
      email: string | null;
      /**
       * @description Time zone; null is the account's
       * @example Europe/Berlin
       */
      zone: string | null;
      /**
       * @description Flat: strings, numbers and booleans, for message variables
       * @example {
       *       "firstName": "Dilara",
       *       "floor": 3
       *     }
       */
      attributes: {
        [key: string]: string | number | boolean;
      };
      /**
       * Format: date-time
       * @description When it was created
       * @example 2026-11-21T09:00:00.000Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       * @example 2026-11-21T09:00:00.000Z
       */
      updatedAt: string;
    };
    RecipientBody: {
      /**
       * @description Name of the person, for lists and as a variable
       * @default null
       * @example Dilara Peters
       */
      name?: string | null;
      /**
       * @description In any usual spelling; read by the account's country where it has no country code
       * @default null
       * @example +49 151 1020 0034
       */
      phone?: string | null;
      /**
       * @description E-mail address, written to as it is given; case makes no second person of it
       * @default null
       * @example dilara.peters@example.com
       */
      email?: string | null;
      /**
       * @description Time zone; without one the account's counts
       * @default null
       * @example Europe/Berlin
       */
      zone?: string | null;
      /**
       * @description Flat: strings, numbers and booleans, for message variables
       * @default {}
       * @example {
       *       "firstName": "Dilara",
       *       "floor": 3
       *     }
       */
      attributes?: {
        [key: string]: string | number | boolean;
      };
    };
    RecipientPage: {
      /** @description The rows of this page */
      data: components['schemas']['Recipient'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    Run: {
      /**
       * @description Id of the run
       * @example run_42
       */
      id: string;
      /**
       * @description Id of the job
       * @example job_42
       */
      job: string;
      /**
       * @description Which of the job's runs this is; unique within the job
       * @example once
       */
      occurrence: string;
      /**
       * @description How far the run is
       * @example sending
       * @enum {string}
       */
      state: 'planned' | 'expanding' | 'sending' | 'completed';
      /**
       * @description The state, or what pause or cancel make of it; without "-ing" nothing is in the air any more
       * @example sending
       * @enum {string}
       */
      status: 'planned' | 'expanding' | 'sending' | 'completed' | 'pausing' | 'paused' | 'cancelling' | 'cancelled';
      /**
       * @description Why it is paused; null when it is not, or when a person paused it
       * @example provider_refused
       */
      pauseReason: string | null;
      /**
       * Format: date-time
       * @description When it is due; of a local trigger, when the first zone is
       * @example 2026-11-21T09:00:00.000Z
       */
      dueAt: string;
      /**
       * @description Sum of the counts
       * @example 943
       */
      deliveries: number;
      /** @description Deliveries in each state; together they are all that exist */
      counts: {
        /**
         * @description Waiting for their moment, or for a retry
         * @example 40
         */
        scheduled: number;
        /**
         * @description In the air
         * @example 16
         */
        sending: number;
        /**
         * @description Accepted by the provider
         * @example 500
         */
        sent: number;
        /**
         * @description Reported as delivered
         * @example 381
         */
        delivered: number;
        /**
         * @description Refused for good, or out of attempts
         * @example 3
         */
        failed: number;
        /**
         * @description Nobody knows whether they arrived; never sent again in silence
         * @example 1
         */
        unknown: number;
        /**
         * @description Not sent, for a reason that each tells
         * @example 2
         */
        skipped: number;
        /**
         * @description Cancelled before they were sent
         * @example 0
         */
        cancelled: number;
      };
      /**
       * @description Recipients found so far
       * @example 1000
       */
      people: number;
      /**
       * @description Left out because their address was already taken
       * @example 45
       */
      duplicates: number;
      /**
       * @description Left out because they have no usable address
       * @example 12
       */
      unreachable: number;
      /** @description How far the audience has been turned into deliveries */
      expansion: {
        /**
         * @description Steps in all
         * @example 4
         */
        steps: number;
        /**
         * @description Steps done
         * @example 4
         */
        done: number;
      };
      /**
       * @description Sends begun per second over the last 10 seconds
       * @example 248.5
       */
      ratePerSecond: number;
      /**
       * Format: date-time
       * @description When it ends at this rate; null when it cannot be told
       * @example 2026-11-21T09:00:04.120Z
       */
      estimatedEndAt: string | null;
      /**
       * Format: date-time
       * @description When it was planned
       * @example 2026-11-21T09:00:00.000Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When all its deliveries existed; null until then
       * @example 2026-11-21T09:00:04.120Z
       */
      expandedAt: string | null;
      /**
       * Format: date-time
       * @description When the last delivery had ended; null until then
       * @example 2026-11-21T09:00:04.120Z
       */
      completedAt: string | null;
      /**
       * Format: date-time
       * @description Since when it is paused; null when it is not
       * @example 2026-11-21T09:00:04.120Z
       */
      pausedAt: string | null;
      /**
       * Format: date-time
       * @description When it was cancelled; null when it was not
       * @example 2026-11-21T09:00:04.120Z
       */
      cancelledAt: string | null;
    };
    RunPage: {
      /** @description The rows of this page */
      data: components['schemas']['Run'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    SettleManyBody: {
      /**
       * @description What is known, or decided: it was accepted (`sent`), it was not and ends here (`failed`), or it is sent once more although it may have arrived (`resend`)
       * @example sent
       * @enum {string}
       */
      as: 'sent' | 'failed' | 'resend';
      /**
       * @description How it is known, for the audit trail
       * @example Seen in the provider’s console
       */
      note?: string;
      /** @description Which unknown outcomes; all conditions must hold */
      filter: {
        /**
         * @description Only of this run
         * @example run_42
         */
        run?: string;
        /**
         * @description Only of this job
         * @example job_42
         */
        job?: string;
        /**
         * @description Only of this channel
         * @example whatsapp
         * @enum {string}
         */
        channel?: 'whatsapp' | 'email' | 'webhook';
        /**
         * @description Only with this code, such as `restored` after a restore
         * @example restored
         */
        code?: string;
        /**
         * @description Only to these addresses, as the deliveries show them
         * @example [
         *       "+4915112345678"
         *     ]
         */
        addresses?: string[];
        /**
         * @description Only these deliveries
         * @example [
         *       "dlv_20261121_7_12"
         *     ]
         */
        deliveries?: string[];
        /**
         * Format: date-time
         * @description Only those unknown since before this instant
         * @example 2026-11-20T09:00:00.000Z
         */
        before?: string;
      };
      /**
       * @description Only count them
       * @default false
       * @example true
       */
      dryRun?: boolean;
    };
    SettleOneBody: {
      /**
       * @description What is known, or decided: it was accepted (`sent`), it was not and ends here (`failed`), or it is sent once more although it may have arrived (`resend`)
       * @example sent
       * @enum {string}
       */
      as: 'sent' | 'failed' | 'resend';
      /**
       * @description How it is known, for the audit trail
       * @example Seen in the provider’s console
       */
      note?: string;
    };
    Settled: {
      /**
       * @description Unknown outcomes that the filter matched
       * @example 12
       */
      found: number;
      /**
       * @description Of these, settled now; a report may have been quicker with the others
       * @example 12
       */
      settled: number;
    };
    /** @description To whom */
    TargetAnswer: {
      /**
       * @description Every recipient of the account
       * @example false
       */
      everyone: boolean;
      /**
       * @description As they were named
       * @example [
       *       "aud_1"
       *     ]
       */
      audiences: string[];
      /**
       * @description Their `externalId`s
       * @example [
       *       "E-0042"
       *     ]
       */
      recipients: string[];
      /**
       * @description How many people were named by address alone
       * @example 0
       */
      inlineAddresses: number;
      /** @description Who is left out of these */
      exclude: {
        /**
         * @description As they were named
         * @example [
         *       "aud_1"
         *     ]
         */
        audiences: string[];
        /**
         * @description Their `externalId`s
         * @example [
         *       "E-0007"
         *     ]
         */
        recipients: string[];
      };
    };
    /**
     * @description To whom
     * @example {
     *       "audiences": [
     *         "aud_1"
     *       ]
     *     }
     */
    TargetBody: {
      /**
       * @description Every recipient of the account
       * @default false
       * @example false
       */
      everyone?: boolean;
      /**
       * @description Ids (`aud_...`) or names
       * @default []
       * @example [
       *       "aud_1"
       *     ]
       */
      audiences?: string[];
      /**
       * @description Their `externalId`s
       * @default []
       * @example [
       *       "E-0042"
       *     ]
       */
      recipients?: string[];
      /**
       * @description People who are no stored recipients; they belong to this job alone
       * @example [
       *       {
       *         "address": "+49 151 1020 0034",
       *         "name": "Dilara Peters"
       *       }
       *     ]
       */
      addresses?: components['schemas']['InlineAddress'][];
      /**
       * @description Who is left out of these
       * @default {
       *       "audiences": [],
       *       "recipients": []
       *     }
       * @example {
       *       "recipients": [
       *         "E-0007"
       *       ]
       *     }
       */
      exclude?: {
        /**
         * @description Ids (`aud_...`) or names
         * @default []
         * @example [
         *       "aud_1"
         *     ]
         */
        audiences?: string[];
        /**
         * @description Their `externalId`s
         * @default []
         * @example [
         *       "E-0042"
         *     ]
         */
        recipients?: string[];
      };
    };
    /** @description When it runs */
    Trigger: {
      /**
       * @description The kind of trigger
       * @example at
       * @enum {string}
       */
      type: 'now' | 'at' | 'local';
      /**
       * @description The instant, or the local wall time
       * @example 2026-11-21T09:00:00.000Z
       */
      at?: string;
      /**
       * @description The wall time that was asked for
       * @example 2026-11-21T10:00
       */
      wallTime?: string;
      /**
       * @description Its zone
       * @example Europe/Berlin
       */
      zone?: string;
      /**
       * @description What a skipped wall time becomes
       * @example later
       */
      gap?: string;
      /**
       * @description Which pass of a repeated wall time
       * @example first
       */
      repeated?: string;
      /**
       * @description Zone of recipients without one
       * @example Europe/Berlin
       */
      missingZone?: string;
    };
    /**
     * @description When it runs
     * @example {
     *       "type": "at",
     *       "at": "2026-11-21T09:00:00Z"
     *     }
     */
    TriggerBody:
      | {
          /**
           * @description At once
           * @example now
           * @constant
           */
          type: 'now';
        }
      | {
          /**
           * @description One moment for everybody
           * @example at
           * @constant
           */
          type: 'at';
          /**
           * @description An instant such as 2026-11-21T09:00:00Z; or a wall time such as 2026-11-21T09:00 together with `zone`
           * @example 2026-11-21T09:00:00Z
           */
          at: string;
          /**
           * @description The zone of a wall time; none with an instant
           * @example Europe/Berlin
           */
          zone?: string;
          /**
           * @description What becomes of a wall time that clocks skip going forward: the gap later, the gap earlier, or nothing
           * @example later
           * @enum {string}
           */
          gap?: 'later' | 'earlier' | 'skip';
          /**
           * @description Which of the two passes of a wall time that clocks repeat going back
           * @example first
           * @enum {string}
           */
          repeated?: 'first' | 'second';
        }
      | {
          /**
           * @description A wall time in each recipient's own zone
           * @example local
           * @constant
           */
          type: 'local';
          /**
           * @description A wall time such as 2026-11-21T09:00, in each recipient's own zone
           * @example 2026-11-21T09:00
           */
          at: string;
          /**
           * @description What becomes of a wall time that clocks skip going forward: the gap later, the gap earlier, or nothing
           * @default later
           * @example later
           * @enum {string}
           */
          gap?: 'later' | 'earlier' | 'skip';
          /**
           * @description Which of the two passes of a wall time that clocks repeat going back
           * @default first
           * @example first
           * @enum {string}
           */
          repeated?: 'first' | 'second';
          /**
           * @description Zone of recipients without one; default the account's
           * @example Europe/Berlin
           */
          missingZone?: string;
        };
  };
  responses: never;
  parameters: {
    /**
     * @description New for each thing created, the same when the request is repeated. A UUID will do.
     * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
     */
    IdempotencyKey: string;
  };
  requestBodies: never;
  headers: {
    /**
     * @description Names this request in our logs
     * @example 3f0c1b52-7a0e-4f0e-9d5e-2f1f6f1c9a10
     */
    'X-Request-Id': string;
    /**
     * @description Requests that the key may make in the present window
     * @example 600
     */
    'RateLimit-Limit': number;
    /**
     * @description Requests left in it
     * @example 599
     */
    'RateLimit-Remaining': number;
    /**
     * @description Seconds until the window begins anew
     * @example 42
     */
    'RateLimit-Reset': number;
    /**
     * @description Seconds after which the request may be repeated
     * @example 2
     */
    'Retry-After': number;
    /**
     * @description `true` when this is the stored answer of an earlier request
     * @example true
     */
    'Idempotency-Replayed': string;
    /**
     * @description Where what was created can be read
     * @example /v1/jobs/job_42
     */
    Location: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getRecipient: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Your own id of the person, such as E-0042
         * @example E-0042
         */
        externalId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The recipient */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "rcp_7",
           *       "externalId": "E-0042",
           *       "name": "Dilara Peters",
           *       "phone": "+4915110200034",
           *       "email": "dilara.peters@example.com",
           *       "zone": "Europe/Berlin",
           *       "attributes": {
           *         "firstName": "Dilara",
           *         "floor": 3
           *       },
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Recipient'];
        };
      };
      /** @description `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  replaceRecipient: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Your own id of the person, such as E-0042
         * @example E-0042
         */
        externalId: string;
      };
      cookie?: never;
    };
    /** @description What `replaceRecipient` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Dilara Peters",
         *       "phone": "+49 151 1020 0034",
         *       "email": "dilara.peters@example.com",
         *       "zone": "Europe/Berlin",
         *       "attributes": {
         *         "firstName": "Dilara",
         *         "floor": 3
         *       }
         *     }
         */
        'application/json': components['schemas']['RecipientBody'];
      };
    };
    responses: {
      /** @description Replaced */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "rcp_7",
           *       "externalId": "E-0042",
           *       "name": "Dilara Peters",
           *       "phone": "+4915110200034",
           *       "email": "dilara.peters@example.com",
           *       "zone": "Europe/Berlin",
           *       "attributes": {
           *         "firstName": "Dilara",
           *         "floor": 3
           *       },
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Recipient'];
        };
      };
      /** @description Created */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "rcp_7",
           *       "externalId": "E-0042",
           *       "name": "Dilara Peters",
           *       "phone": "+4915110200034",
           *       "email": "dilara.peters@example.com",
           *       "zone": "Europe/Berlin",
           *       "attributes": {
           *         "firstName": "Dilara",
           *         "floor": 3
           *       },
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Recipient'];
        };
      };
      /** @description `invalid_phone`: The phone number is not valid; `invalid_email`: The e-mail address is not valid; `invalid_zone`: The time zone is not known; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body has the wrong media type */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteRecipient: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Your own id of the person, such as E-0042
         * @example E-0042
         */
        externalId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Deleted */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRecipients: {
    parameters: {
      query?: {
        /**
         * @description Rows per page
         * @example 50
         */
        limit?: number;
        /**
         * @description `nextCursor` of the page before
         * @example WyJqb2JzLyIsNDJd
         */
        cursor?: string;
        /**
         * @description Only members of this audience
         * @example aud_7
         */
        audience?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description In the order in which they were created */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "rcp_7",
           *           "externalId": "E-0042",
           *           "name": "Dilara Peters",
           *           "phone": "+4915110200034",
           *           "email": "dilara.peters@example.com",
           *           "zone": "Europe/Berlin",
           *           "attributes": {
           *             "firstName": "Dilara",
           *             "floor": 3
           *           },
           *           "createdAt": "2026-11-21T09:00:00.000Z",
           *           "updatedAt": "2026-11-21T09:00:00.000Z"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['RecipientPage'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `invalid_cursor`: The cursor is not one of ours; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown_audience`: There is no such audience */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listAudiences: {
    parameters: {
      query?: {
        /**
         * @description Rows per page
         * @example 50
         */
        limit?: number;
        /**
         * @description `nextCursor` of the page before
         * @example WyJqb2JzLyIsNDJd
         */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description In the order in which they were created */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "aud_7",
           *           "name": "Headquarters",
           *           "members": 250,
           *           "createdAt": "2026-11-21T09:00:00.000Z"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['AudiencePage'];
        };
      };
      /** @description `invalid_cursor`: The cursor is not one of ours; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createAudience: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `createAudience` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Headquarters"
         *     }
         */
        'application/json': components['schemas']['AudienceBody'];
      };
    };
    responses: {
      /** @description The audience of this name, which there was already */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "aud_7",
           *       "name": "Headquarters",
           *       "members": 250,
           *       "createdAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Audience'];
        };
      };
      /** @description Created */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "aud_7",
           *       "name": "Headquarters",
           *       "members": 250,
           *       "createdAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Audience'];
        };
      };
      /** @description `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body has the wrong media type */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getAudience: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The audience, such as aud_7
         * @example aud_7
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The audience */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "aud_7",
           *       "name": "Headquarters",
           *       "members": 250,
           *       "createdAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Audience'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteAudience: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The audience, such as aud_7
         * @example aud_7
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Deleted */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listAudienceMembers: {
    parameters: {
      query?: {
        /**
         * @description Rows per page
         * @example 50
         */
        limit?: number;
        /**
         * @description `nextCursor` of the page before
         * @example WyJqb2JzLyIsNDJd
         */
        cursor?: string;
      };
      header?: never;
      path: {
        /**
         * @description The audience, such as aud_7
         * @example aud_7
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Recipients, in the order in which they were created */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "rcp_7",
           *           "externalId": "E-0042",
           *           "name": "Dilara Peters",
           *           "phone": "+4915110200034",
           *           "email": "dilara.peters@example.com",
           *           "zone": "Europe/Berlin",
           *           "attributes": {
           *             "firstName": "Dilara",
           *             "floor": 3
           *           },
           *           "createdAt": "2026-11-21T09:00:00.000Z",
           *           "updatedAt": "2026-11-21T09:00:00.000Z"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['RecipientPage'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `invalid_cursor`: The cursor is not one of ours; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  changeAudienceMembers: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The audience, such as aud_7
         * @example aud_7
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `changeAudienceMembers` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "add": [
         *         "E-0042",
         *         "E-0043"
         *       ],
         *       "remove": [
         *         "E-0007"
         *       ]
         *     }
         */
        'application/json': components['schemas']['MembersBody'];
      };
    };
    responses: {
      /** @description How many were not members before, and how many were */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "added": 2,
           *       "removed": 1
           *     }
           */
          'application/json': components['schemas']['MembersChange'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body has the wrong media type */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown_recipient`: There is no such recipient */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  addAudienceMember: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The audience, such as aud_7
         * @example aud_7
         */
        id: string;
        /**
         * @description Your own id of the person, such as E-0042
         * @example E-0042
         */
        externalId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Is a member now */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown_recipient`: There is no such recipient */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  removeAudienceMember: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The audience, such as aud_7
         * @example aud_7
         */
        id: string;
        /**
         * @description Your own id of the person, such as E-0042
         * @example E-0042
         */
        externalId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Is no member now */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown_recipient`: There is no such recipient */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createImport: {
    parameters: {
      query: {
        /**
         * @description Format of the file; the Content-Type must agree
         * @example csv
         */
        format: 'csv' | 'ndjson';
        /**
         * @description Names, separated by semicolons, of audiences that every line joins; made where missing
         * @example Headquarters;Canteen
         */
        audience?: string;
      };
      header: {
        /**
         * @description New for each thing created, the same when the request is repeated. A UUID will do.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    /** @description What `createImport` takes. */
    requestBody: {
      content: {
        /**
         * @example externalId,phone,name,zone,audiences
         *     E-0042,+4915110200034,Dilara Peters,Europe/Berlin,Headquarters
         */
        'text/csv': string;
        /** @example {"externalId":"E-0042","phone":"+4915110200034","audiences":["Headquarters"]} */
        'application/x-ndjson': string;
      };
    };
    responses: {
      /** @description The report of the import that this key began earlier */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "imp_7",
           *       "format": "csv",
           *       "state": "completed",
           *       "rowsRead": 5000,
           *       "rowsKept": 4998,
           *       "rowsBad": 2,
           *       "seconds": 0.214,
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "finishedAt": "2026-11-21T09:00:00.214Z"
           *     }
           */
          'application/json': components['schemas']['Import'];
        };
      };
      /** @description The report; bad lines are listed at /v1/imports/{id}/errors */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "imp_7",
           *       "format": "csv",
           *       "state": "completed",
           *       "rowsRead": 5000,
           *       "rowsKept": 4998,
           *       "rowsBad": 2,
           *       "seconds": 0.214,
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "finishedAt": "2026-11-21T09:00:00.214Z"
           *     }
           */
          'application/json': components['schemas']['Import'];
        };
      };
      /** @description `validation_failed`: The request is not valid; `idempotency_key_required`: An Idempotency-Key is required here; `idempotency_key_invalid`: The Idempotency-Key is not usable */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency_in_progress`: A request with this Idempotency-Key is still at work */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body has the wrong media type */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency_key_reused`: The Idempotency-Key was used for another request */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getImport: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The import, such as imp_7
         * @example imp_7
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The report, so far if it is running */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "imp_7",
           *       "format": "csv",
           *       "state": "completed",
           *       "rowsRead": 5000,
           *       "rowsKept": 4998,
           *       "rowsBad": 2,
           *       "seconds": 0.214,
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "finishedAt": "2026-11-21T09:00:00.214Z"
           *     }
           */
          'application/json': components['schemas']['Import'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listImportErrors: {
    parameters: {
      query?: {
        /**
         * @description Rows per page
         * @example 50
         */
        limit?: number;
        /**
         * @description `nextCursor` of the page before
         * @example WyJqb2JzLyIsNDJd
         */
        cursor?: string;
      };
      header?: never;
      path: {
        /**
         * @description The import, such as imp_7
         * @example imp_7
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description In the order of the file */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "line": 17,
           *           "code": "invalid_phone",
           *           "field": "phone",
           *           "detail": "The phone number is not valid, or could be two different numbers."
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['ImportErrorPage'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `invalid_cursor`: The cursor is not one of ours; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listJobs: {
    parameters: {
      query?: {
        /**
         * @description Rows per page
         * @example 50
         */
        limit?: number;
        /**
         * @description `nextCursor` of the page before
         * @example WyJqb2JzLyIsNDJd
         */
        cursor?: string;
        /**
         * @description Only jobs in this state
         * @example active
         */
        status?: 'active' | 'paused' | 'completed' | 'cancelled';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of jobs */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "job_42",
           *           "name": "Canteen",
           *           "kind": "message",
           *           "channel": "whatsapp",
           *           "providerAccount": "pvd_1",
           *           "status": "active",
           *           "version": 3,
           *           "content": {
           *             "text": "Dear {{name}}, the canteen opens at eleven.",
           *             "template": {
           *               "name": "canteen_opens",
           *               "language": "en_US",
           *               "parameters": [
           *                 "{{name}}",
           *                 "eleven"
           *               ]
           *             },
           *             "subject": "The canteen opens at eleven",
           *             "html": "<p>Dear {{name}}</p>",
           *             "sender": {
           *               "name": "Ostwerk",
           *               "address": "news@ostwerk.example",
           *               "replyTo": "office@ostwerk.example"
           *             },
           *             "defaults": {
           *               "name": "colleague"
           *             },
           *             "storedTemplate": {
           *               "id": "tpl_3",
           *               "version": 2
           *             }
           *           },
           *           "contentVersion": 1,
           *           "trigger": {
           *             "type": "at",
           *             "at": "2026-11-21T09:00:00.000Z",
           *             "wallTime": "2026-11-21T10:00",
           *             "zone": "Europe/Berlin",
           *             "gap": "later",
           *             "repeated": "first",
           *             "missingZone": "Europe/Berlin"
           *           },
           *           "audience": {
           *             "everyone": false,
           *             "audiences": [
           *               "aud_1"
           *             ],
           *             "recipients": [
           *               "E-0042"
           *             ],
           *             "inlineAddresses": 0,
           *             "exclude": {
           *               "audiences": [
           *                 "aud_1"
           *               ],
           *               "recipients": [
           *                 "E-0007"
           *               ]
           *             }
           *           },
           *           "policy": {
           *             "attempts": 5,
           *             "backoff": {
           *               "initialSeconds": 5,
           *               "factor": 2,
           *               "maxSeconds": 3600
           *             },
           *             "expireAfter": 7200,
           *             "unknown": {
           *               "action": "hold",
           *               "after": 3600
           *             },
           *             "dedupeBy": "address",
           *             "quietHours": "respect"
           *           },
           *           "plannedAt": "2026-11-21T09:00:00.000Z",
           *           "nextRunAt": "2026-11-21T09:00:00.000Z",
           *           "run": {
           *             "id": "run_7",
           *             "occurrence": "once",
           *             "state": "sending",
           *             "dueAt": "2026-11-21T09:00:00.000Z"
           *           },
           *           "createdAt": "2026-11-21T09:00:00.000Z",
           *           "updatedAt": "2026-11-21T09:00:00.000Z"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['JobPage'];
        };
      };
      /** @description `invalid_cursor`: The cursor is not one of ours; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createJob: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description New for each thing created, the same when the request is repeated. A UUID will do.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    /** @description What `createJob` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "kind": "message",
         *       "channel": "whatsapp",
         *       "name": "Canteen",
         *       "content": {
         *         "text": "The canteen opens at eleven today."
         *       },
         *       "trigger": {
         *         "type": "at",
         *         "at": "2026-11-21T09:00:00Z"
         *       },
         *       "audience": {
         *         "audiences": [
         *           "aud_1"
         *         ]
         *       }
         *     }
         */
        'application/json': components['schemas']['CreateJobBody'];
      };
    };
    responses: {
      /** @description Stored */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "job_42",
           *       "name": "Canteen",
           *       "kind": "message",
           *       "channel": "whatsapp",
           *       "providerAccount": "pvd_1",
           *       "status": "active",
           *       "version": 3,
           *       "content": {
           *         "text": "Dear {{name}}, the canteen opens at eleven.",
           *         "template": {
           *           "name": "canteen_opens",
           *           "language": "en_US",
           *           "parameters": [
           *             "{{name}}",
           *             "eleven"
           *           ]
           *         },
           *         "subject": "The canteen opens at eleven",
           *         "html": "<p>Dear {{name}}</p>",
           *         "sender": {
           *           "name": "Ostwerk",
           *           "address": "news@ostwerk.example",
           *           "replyTo": "office@ostwerk.example"
           *         },
           *         "defaults": {
           *           "name": "colleague"
           *         },
           *         "storedTemplate": {
           *           "id": "tpl_3",
           *           "version": 2
           *         }
           *       },
           *       "contentVersion": 1,
           *       "trigger": {
           *         "type": "at",
           *         "at": "2026-11-21T09:00:00.000Z",
           *         "wallTime": "2026-11-21T10:00",
           *         "zone": "Europe/Berlin",
           *         "gap": "later",
           *         "repeated": "first",
           *         "missingZone": "Europe/Berlin"
           *       },
           *       "audience": {
           *         "everyone": false,
           *         "audiences": [
           *           "aud_1"
           *         ],
           *         "recipients": [
           *           "E-0042"
           *         ],
           *         "inlineAddresses": 0,
           *         "exclude": {
           *           "audiences": [
           *             "aud_1"
           *           ],
           *           "recipients": [
           *             "E-0007"
           *           ]
           *         }
           *       },
           *       "policy": {
           *         "attempts": 5,
           *         "backoff": {
           *           "initialSeconds": 5,
           *           "factor": 2,
           *           "maxSeconds": 3600
           *         },
           *         "expireAfter": 7200,
           *         "unknown": {
           *           "action": "hold",
           *           "after": 3600
           *         },
           *         "dedupeBy": "address",
           *         "quietHours": "respect"
           *       },
           *       "plannedAt": "2026-11-21T09:00:00.000Z",
           *       "nextRunAt": "2026-11-21T09:00:00.000Z",
           *       "run": {
           *         "id": "run_7",
           *         "occurrence": "once",
           *         "state": "sending",
           *         "dueAt": "2026-11-21T09:00:00.000Z"
           *       },
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Job'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `invalid_zone`: The time zone is not known; `invalid_instant`: The instant is not valid; `invalid_wall_time`: The wall time is not valid; `invalid_duration`: The duration is not valid; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON; `idempotency_key_required`: An Idempotency-Key is required here; `idempotency_key_invalid`: The Idempotency-Key is not usable */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency_in_progress`: A request with this Idempotency-Key is still at work */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body has the wrong media type */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown_audience`: There is no such audience; `unknown_recipient`: There is no such recipient; `unknown_provider`: There is no such provider account; `wall_time_in_gap`: The zone skips this wall time; `moment_in_past`: The moment has passed; `moment_too_far`: The moment is too far away; `idempotency_key_reused`: The Idempotency-Key was used for another request */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The job, such as job_42
         * @example job_42
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The job */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "job_42",
           *       "name": "Canteen",
           *       "kind": "message",
           *       "channel": "whatsapp",
           *       "providerAccount": "pvd_1",
           *       "status": "active",
           *       "version": 3,
           *       "content": {
           *         "text": "Dear {{name}}, the canteen opens at eleven.",
           *         "template": {
           *           "name": "canteen_opens",
           *           "language": "en_US",
           *           "parameters": [
           *             "{{name}}",
           *             "eleven"
           *           ]
           *         },
           *         "subject": "The canteen opens at eleven",
           *         "html": "<p>Dear {{name}}</p>",
           *         "sender": {
           *           "name": "Ostwerk",
           *           "address": "news@ostwerk.example",
           *           "replyTo": "office@ostwerk.example"
           *         },
           *         "defaults": {
           *           "name": "colleague"
           *         },
           *         "storedTemplate": {
           *           "id": "tpl_3",
           *           "version": 2
           *         }
           *       },
           *       "contentVersion": 1,
           *       "trigger": {
           *         "type": "at",
           *         "at": "2026-11-21T09:00:00.000Z",
           *         "wallTime": "2026-11-21T10:00",
           *         "zone": "Europe/Berlin",
           *         "gap": "later",
           *         "repeated": "first",
           *         "missingZone": "Europe/Berlin"
           *       },
           *       "audience": {
           *         "everyone": false,
           *         "audiences": [
           *           "aud_1"
           *         ],
           *         "recipients": [
           *           "E-0042"
           *         ],
           *         "inlineAddresses": 0,
           *         "exclude": {
           *           "audiences": [
           *             "aud_1"
           *           ],
           *           "recipients": [
           *             "E-0007"
           *           ]
           *         }
           *       },
           *       "policy": {
           *         "attempts": 5,
           *         "backoff": {
           *           "initialSeconds": 5,
           *           "factor": 2,
           *           "maxSeconds": 3600
           *         },
           *         "expireAfter": 7200,
           *         "unknown": {
           *           "action": "hold",
           *           "after": 3600
           *         },
           *         "dedupeBy": "address",
           *         "quietHours": "respect"
           *       },
           *       "plannedAt": "2026-11-21T09:00:00.000Z",
           *       "nextRunAt": "2026-11-21T09:00:00.000Z",
           *       "run": {
           *         "id": "run_7",
           *         "occurrence": "once",
           *         "state": "sending",
           *         "dueAt": "2026-11-21T09:00:00.000Z"
           *       },
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Job'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listJobRuns: {
    parameters: {
      query?: {
        /**
         * @description Rows per page
         * @example 50
         */
        limit?: number;
        /**
         * @description `nextCursor` of the page before
         * @example WyJqb2JzLyIsNDJd
         */
        cursor?: string;
      };
      header?: never;
      path: {
        /**
         * @description The job, such as job_42
         * @example job_42
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of runs */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "run_42",
           *           "job": "job_42",
           *           "occurrence": "once",
           *           "state": "sending",
           *           "status": "sending",
           *           "pauseReason": "provider_refused",
           *           "dueAt": "2026-11-21T09:00:00.000Z",
           *           "deliveries": 943,
           *           "counts": {
           *             "scheduled": 40,
           *             "sending": 16,
           *             "sent": 500,
           *             "delivered": 381,
           *             "failed": 3,
           *             "unknown": 1,
           *             "skipped": 2,
           *             "cancelled": 0
           *           },
           *           "people": 1000,
           *           "duplicates": 45,
           *           "unreachable": 12,
           *           "expansion": {
           *             "steps": 4,
           *             "done": 4
           *           },
           *           "ratePerSecond": 248.5,
           *           "estimatedEndAt": "2026-11-21T09:00:04.120Z",
           *           "createdAt": "2026-11-21T09:00:00.000Z",
           *           "expandedAt": "2026-11-21T09:00:04.120Z",
           *           "completedAt": "2026-11-21T09:00:04.120Z",
           *           "pausedAt": "2026-11-21T09:00:04.120Z",
           *           "cancelledAt": "2026-11-21T09:00:04.120Z"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['RunPage'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `invalid_cursor`: The cursor is not one of ours; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  pauseJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The job, such as job_42
         * @example job_42
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "job_42",
           *       "status": "pausing",
           *       "inTheAir": 3
           *     }
           */
          'application/json': components['schemas']['ControlAnswer'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `invalid_state`: Not possible in the present state */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resumeJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The job, such as job_42
         * @example job_42
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "job_42",
           *       "status": "pausing",
           *       "inTheAir": 3
           *     }
           */
          'application/json': components['schemas']['ControlAnswer'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `invalid_state`: Not possible in the present state */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  cancelJob: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The job, such as job_42
         * @example job_42
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "job_42",
           *       "status": "pausing",
           *       "inTheAir": 3
           *     }
           */
          'application/json': components['schemas']['ControlAnswer'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `invalid_state`: Not possible in the present state */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The run, such as run_42
         * @example run_42
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The run */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "run_42",
           *       "job": "job_42",
           *       "occurrence": "once",
           *       "state": "sending",
           *       "status": "sending",
           *       "pauseReason": "provider_refused",
           *       "dueAt": "2026-11-21T09:00:00.000Z",
           *       "deliveries": 943,
           *       "counts": {
           *         "scheduled": 40,
           *         "sending": 16,
           *         "sent": 500,
           *         "delivered": 381,
           *         "failed": 3,
           *         "unknown": 1,
           *         "skipped": 2,
           *         "cancelled": 0
           *       },
           *       "people": 1000,
           *       "duplicates": 45,
           *       "unreachable": 12,
           *       "expansion": {
           *         "steps": 4,
           *         "done": 4
           *       },
           *       "ratePerSecond": 248.5,
           *       "estimatedEndAt": "2026-11-21T09:00:04.120Z",
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "expandedAt": "2026-11-21T09:00:04.120Z",
           *       "completedAt": "2026-11-21T09:00:04.120Z",
           *       "pausedAt": "2026-11-21T09:00:04.120Z",
           *       "cancelledAt": "2026-11-21T09:00:04.120Z"
           *     }
           */
          'application/json': components['schemas']['Run'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRunDeliveries: {
    parameters: {
      query?: {
        /**
         * @description Rows per page
         * @example 50
         */
        limit?: number;
        /**
         * @description `nextCursor` of the page before
         * @example WyJqb2JzLyIsNDJd
         */
        cursor?: string;
        /**
         * @description Only deliveries in this state
         * @example scheduled
         */
        state?: 'scheduled' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped' | 'cancelled';
      };
      header?: never;
      path: {
        /**
         * @description The run, such as run_42
         * @example run_42
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of deliveries */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "dlv_20261121_7_12",
           *           "run": "run_42",
           *           "recipient": "E-0042",
           *           "address": "+4915110200034",
           *           "state": "failed",
           *           "code": "131026",
           *           "try": 1,
           *           "attempts": 1,
           *           "contentVersion": 1,
           *           "dueAt": "2026-11-21T09:00:00.000Z",
           *           "sendingAt": "2026-11-21T09:00:04.120Z",
           *           "settledAt": "2026-11-21T09:00:04.120Z",
           *           "providerMessageId": "wamid.HBgNNDkxNTExMDIwMDAzNBUCABEYEjA1"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['DeliveryPage'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `invalid_cursor`: The cursor is not one of ours; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The delivery, such as dlv_20261121_7_12
         * @example dlv_20261121_7_12
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The delivery */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "dlv_20261121_7_12",
           *       "run": "run_42",
           *       "recipient": "E-0042",
           *       "address": "+4915110200034",
           *       "state": "failed",
           *       "code": "131026",
           *       "try": 1,
           *       "attempts": 1,
           *       "contentVersion": 1,
           *       "dueAt": "2026-11-21T09:00:00.000Z",
           *       "sendingAt": "2026-11-21T09:00:04.120Z",
           *       "settledAt": "2026-11-21T09:00:04.120Z",
           *       "providerMessageId": "wamid.HBgNNDkxNTExMDIwMDAzNBUCABEYEjA1",
           *       "job": "job_42",
           *       "tries": [
           *         {
           *           "try": 1,
           *           "outcome": "failed",
           *           "code": "131026",
           *           "message": "Receiver is incapable of receiving this message",
           *           "startedAt": "2026-11-21T09:00:04.120Z",
           *           "endedAt": "2026-11-21T09:00:04.120Z",
           *           "providerMessageId": "wamid.HBgNNDkxNTExMDIwMDAzNBUCABEYEjA1"
           *         }
           *       ],
           *       "reports": [
           *         {
           *           "try": 1,
           *           "status": "delivered",
           *           "code": "131026",
           *           "providerMessageId": "wamid.HBgNNDkxNTExMDIwMDAzNBUCABEYEjA1",
           *           "reportedAt": "2026-11-21T09:00:00.000Z",
           *           "receivedAt": "2026-11-21T09:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['DeliveryDetail'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  settleDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The delivery, such as dlv_20261121_7_12
         * @example dlv_20261121_7_12
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `settleDelivery` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "as": "sent",
         *       "note": "Seen in the provider’s console"
         *     }
         */
        'application/json': components['schemas']['SettleOneBody'];
      };
    };
    responses: {
      /** @description Settled */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "found": 12,
           *       "settled": 12
           *     }
           */
          'application/json': components['schemas']['Settled'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `invalid_state`: Not possible in the present state */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body has the wrong media type */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  settleDeliveries: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `settleDeliveries` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "as": "sent",
         *       "note": "Seen in the provider’s console",
         *       "filter": {
         *         "run": "run_42",
         *         "job": "job_42",
         *         "channel": "whatsapp",
         *         "code": "restored",
         *         "addresses": [
         *           "+4915112345678"
         *         ],
         *         "deliveries": [
         *           "dlv_20261121_7_12"
         *         ],
         *         "before": "2026-11-20T09:00:00.000Z"
         *       },
         *       "dryRun": true
         *     }
         */
        'application/json': components['schemas']['SettleManyBody'];
      };
    };
    responses: {
      /** @description Settled, or counted */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "found": 12,
           *       "settled": 12
           *     }
           */
          'application/json': components['schemas']['Settled'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body has the wrong media type */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listHolds: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The holds */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "hld_3",
           *           "scope": "account",
           *           "channel": "whatsapp",
           *           "reason": "The announcement has a wrong date",
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "createdBy": "key_7"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['Holds'];
        };
      };
      /** @description `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createHold: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `createHold` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "scope": "account",
         *       "channel": "whatsapp",
         *       "reason": "The announcement has a wrong date"
         *     }
         */
        'application/json': components['schemas']['HoldBody'];
      };
    };
    responses: {
      /** @description It stood already */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "hld_3",
           *       "scope": "account",
           *       "channel": "whatsapp",
           *       "reason": "The announcement has a wrong date",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "createdBy": "key_7"
           *     }
           */
          'application/json': components['schemas']['Hold'];
        };
      };
      /** @description Placed */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "hld_3",
           *       "scope": "account",
           *       "channel": "whatsapp",
           *       "reason": "The announcement has a wrong date",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "createdBy": "key_7"
           *     }
           */
          'application/json': components['schemas']['Hold'];
        };
      };
      /** @description `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body has the wrong media type */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteHold: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The hold, such as hld_3
         * @example hld_3
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Released */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthorized`: No valid API key */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No such form of answer */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `invalid_state`: Not possible in the present state */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getProviderAccountCallbackWhatsapp: {
    parameters: {
      query: {
        /** @example subscribe */
        'hub.mode': 'subscribe';
        'hub.verify_token': string;
        'hub.challenge': string;
      };
      header?: never;
      path: {
        /**
         * @description The provider account, such as pvd_1
         * @example pvd_1
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The challenge, as text */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: Not allowed with this key */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  whatsappProviderAccountsCallbacks: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The provider account, such as pvd_1
         * @example pvd_1
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `whatsappProviderAccountsCallbacks` takes. */
    requestBody: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Stored */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid_id`: The id is not of the right form; `malformed_json`: The body is not JSON; `validation_failed`: The request is not valid */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `signature_invalid`: The signature does not match */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is no such thing */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: Something went wrong on our side */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: Not available at the moment; `unknown_outcome`: It is not known whether this was done */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
