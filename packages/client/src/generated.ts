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
     * @description Replaces the recipient whole: what is left out is emptied, dates included. Memberships of audiences stay.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    put: operations['replaceRecipient'];
    post?: never;
    /**
     * Delete a recipient
     * @description Erases name, phone number, e-mail address, zone, attributes and dates, and leaves all audiences. Past deliveries keep their counts, and a keyed hash that prevents a second send.
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
  '/v1/recipients/{externalId}/dates/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Set a date of a recipient
     * @description Creates or replaces this one date; the others stay. What is planned for the value of before is not sent any more.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    put: operations['putRecipientDate'];
    post?: never;
    /**
     * Delete a date of a recipient
     * @description What is planned for it is not sent any more.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    delete: operations['deleteRecipientDate'];
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
  '/v1/templates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List templates
     * @description List templates.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listTemplates'];
    put?: never;
    /**
     * Store a template
     * @description Jobs name it by name or id, and keep what they took from it whatever becomes of it.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['createTemplate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/templates/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a template in its newest version
     * @description Read a template in its newest version.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getTemplate'];
    /**
     * Store the next version of a template
     * @description Versions that were stored never change, and jobs keep the one that they were made of. What says the same as the newest version makes no other. With `version` it is refused when somebody else was faster.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    put: operations['replaceTemplate'];
    post?: never;
    /**
     * Delete a template
     * @description Jobs that were made of it go on. Its name is free again.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    delete: operations['deleteTemplate'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/templates/{id}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List a template's versions, newest first
     * @description List a template's versions, newest first.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listTemplateVersions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/templates/{id}/versions/{version}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read one version of a template
     * @description Read one version of a template.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getTemplateVersion'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/templates/{id}/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Render a template
     * @description For given values, for a recipient, or for both; nothing is sent and nothing written.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    post: operations['previewTemplate'];
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
     * @description Of every kind but the tests of messages, unless `kind` says which. Filters may be combined. Where few jobs among very many are meant, a page may hold fewer than `limit`, and even none, while `nextCursor` goes on: only a null ends the list.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listJobs'];
    put?: never;
    /**
     * Schedule a job
     * @description A `message` says something to people, a `webhook` calls a URL, a `payment` pays somebody, a `report` sends a document, a `script` runs a program. The answer is given once the job is stored for good. A job due soon has its run at once; another gets it when its time comes near. A moment up to one minute in the past counts as now. A job that names everyone, an audience or more than one person is refused with `similar_job` when another one says nearly the same to the same people about the same time; `allowSimilar` says that it is meant.
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
  '/v1/jobs/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tell what a job would come to
     * @description Takes the body of `POST /v1/jobs` and writes nothing: how many would be told, who would not and why, when, and three messages as they would be sent. Counts are of now; the audience is read again when the run expands. Of a job without recipients it tells when it would run, and all counts are zero.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['previewJobs'];
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
    /**
     * Change a job
     * @description Name the `version` that you have read; when the job has another by now, nothing is changed (`version_conflict`). Each part that is given replaces the whole of it. Trigger, audience, `dedupeBy` and `quietHours` can be changed until the first message was begun, after that the answer is `run_started`; once it is accepted, nothing is sent before the new moment. Another content goes to everybody while nothing was begun; from then on only to those who are not planned yet. The rest of the policy holds for whatever is begun from now on. Of a job that follows a date everything can be changed at any time but that it follows one: what was not begun is planned anew, and moments before a change of the trigger are not made up for. Another `kind`, with all that it consists of, is taken while nothing of the job was ever begun.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    patch: operations['changeJob'];
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
  '/v1/jobs/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a test of a job
     * @description Sends the job's present content at once to given addresses outside of its audience. With `as` the variables are those of that recipient. Suppressed addresses are skipped here too, and so is everybody when a variable has no value. The job itself stays as it is.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['testJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/jobs/{id}/run': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Run a job now
     * @description Makes a run that is due at once, besides those of the trigger, with what the job says now. The next moment of the job stays what it is, and its rule for overlap is not asked. A job that was completed runs once more; a paused or cancelled one does not.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['runJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/jobs/bulk': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pause, resume, cancel or change many jobs
     * @description Looks at up to 500 jobs that the filter means, the newest first, each by itself: one that cannot be is told with its reason and keeps none of the others. Go on with `nextCursor` until it is null. With `dryRun` they are only counted. Jobs that are paused or cancelled are so at once, as by the route for one.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['bulkJobs'];
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
  '/v1/call-settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read what signs the account's calls
     * @description Jobs of kind `webhook` are signed as Standard Webhooks says, all by the same secrets. They are made when first asked for, here or by such a job.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    get: operations['listCallSettings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change the limit of the account's calls
     * @description Senders read it again within seconds.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    patch: operations['changeCallSetting'];
    trace?: never;
  };
  '/v1/call-settings/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give the account's calls a new secret
     * @description Until the overlap ends, calls carry a signature by each secret, so that a receiver may verify with either; at most 5 sign at once.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    post: operations['rotateCallSettings'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/{userId}/contact': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read how a user is told of jobs
     * @description Read how a user is told of jobs.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getUserContact'];
    /**
     * Say how a user is told of jobs
     * @description Holds for all jobs of this `userId` that have no `notify` of their own, those that exist already too. The owner is told when a run is late, when one ended with failures, when a payment was refused, and when the job is completed.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    put: operations['putUserContact'];
    post?: never;
    /**
     * Forget how a user is told of jobs
     * @description Jobs that say themselves how their owner is told go on doing so.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    delete: operations['deleteUserContact'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/scripts/{sha256}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the source of a script
     * @description Jobs name what they run by its hash; this is the text behind it.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getScript'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/jobs/{id}/missed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Count those missed
     * @description Whoever has a delivery in the run or one of its resends, and no message: every one of them finally `failed`, `skipped` or `cancelled`. Nobody who is `unknown`, `sending` or `scheduled` anywhere in the family.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getJobMissed'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/jobs/{id}/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send to those missed
     * @description Makes a further run of the job, with its present content, at once, for whom GET /v1/jobs/:id/missed counts. One at a time: of however many requests, one makes it and the others are refused with its id. An address gets at most one accepted message from a run and all its resends.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['resendJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/runs/{id}/reasons': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tell why deliveries of a run are what they are
     * @description Counts by state and code. The list of deliveries takes both as filters.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listRunReasons'];
    put?: never;
    post?: never;
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
     * @description Repeating it settles what is unknown by then: with `resend` that may be somebody whose second try was lost too. Count with `dryRun` before. What was cancelled or has expired is never sent again, whatever `as` says.
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
  '/v1/suppressions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List suppressions
     * @description In the order in which they were added. With `address` it is at most one: whether this address is suppressed.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listSuppressions'];
    put?: never;
    /**
     * Suppress an address
     * @description From the answer on, no further message to the address is begun by that channel, not even by runs that are already sending: its deliveries are `skipped` with the code `suppressed`. An address that is suppressed already stays so with its first reason and source, and is answered with 200.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['createSuppression'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/suppressions/import': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Suppress addresses from a CSV or NDJSON file
     * @description The file is the body, read as a stream; it may be packed (`Content-Encoding: gzip`), and may have
     *     1000000 lines. CSV: UTF-8, separated by commas, first line with the names of the columns `channel`, `address` and
     *     perhaps `reason`, which is `manual` where it is empty. NDJSON: one object a line with the same names. Bad lines are counted, the
     *     first of them named with their reason, and all others kept. An import that broke off is simply sent again: what stands stays as it is.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['importSuppressions'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/suppressions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a suppression
     * @description Read a suppression.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getSuppression'];
    put?: never;
    post?: never;
    /**
     * Allow an address again
     * @description The address is written to again from now on; what was skipped meanwhile stays skipped, until it is sent to those missed. Who allowed it stands in the audit trail. Somebody who unsubscribed should be asked first.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    delete: operations['deleteSuppression'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/addresses/verdicts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Bring verdicts along
     * @description What you know of addresses from elsewhere, such as bounces. It is for you alone and comes before checks; addresses with a valid verdict are not checked. Each item is taken or refused by itself. Of an address that is named twice the last one counts.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['importVerdicts'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/addresses/{address}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tell what is known of an address
     * @description Whether its owner confirmed it, what you have said of it, and the newest check that you pay for. Checks that others paid for are not told of. Nothing is asked of anybody.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getAddresse'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/addresses/{address}/confirmation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Note that the owner confirmed an address
     * @description It counts as deliverable from now on and is never checked. It is for you alone, and stays until it is taken back. One that is confirmed already keeps since when.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    put: operations['confirmAddress'];
    post?: never;
    /**
     * Take a confirmation back
     * @description The address is checked again where a job asks for that.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    delete: operations['withdrawConfirmation'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/addresses/{address}/confirmation-link': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a link by which the owner confirms an address
     * @description Send it to that address and nowhere else: whoever opens it and presses the button confirms. It is the same each time, and nothing is stored before that. In e-mails the variable `confirm_url` is the link of each recipient.
     *
     *     Needs a key with the role `write` or a higher one.
     */
    post: operations['createConfirmationLink'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/address-checks/spend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tell what checks of addresses cost
     * @description By day (UTC) and currency. The budget is `checkBudget` of the account; what is reserved for checks under way counts towards it, and comes back where they cost nothing.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['readCheckSpend'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/confirm/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A page with a button to confirm an address
     * @description For the person who opens the link in a browser. It changes nothing. The link is made by `POST /v1/addresses/{address}/confirmation-link`, and stands in the variable `confirm_url` of e-mails.
     */
    get: operations['showConfirmation'];
    put?: never;
    /**
     * Confirm an address by its link
     * @description For the button. The address is confirmed to the account of the link, with the source `link`. Repeating it changes nothing and answers the same.
     */
    post: operations['confirmByLink'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/unsubscribe/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A page with a button to unsubscribe
     * @description For the person who opens the link of a message in a browser. It changes nothing. The link stands in `List-Unsubscribe` of each e-mail, and in the variable `unsubscribe_url`.
     */
    get: operations['getUnsubscribe'];
    put?: never;
    /**
     * Unsubscribe by one click
     * @description For mail programs (RFC 8058) and the button. The address of the message is suppressed in its channel, with the reason `unsubscribed` and the source `link`. Repeating it changes nothing and answers the same.
     */
    post: operations['unsubscribe'];
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
  '/v1/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Say whether all is well, and why not
     * @description This account's part: what is late, held, paused or unknown, and its runs. Keys of an operator account get the whole installation, with what was sent in the last ten minutes and what was repaired. Read from Postgres alone, and cheap enough to be asked every few seconds.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getStatus'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/account': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read your account
     * @description The account that the key belongs to.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getAccount'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change your account
     * @description What is left out stays. Zone, country and quiet hours count for jobs planned from now on. What is older than `keepDays` is forgotten but for the counts of its run, and does not come back. The name and the limit of requests are changed by keys of an operator account only: names are unique in the installation, so a refusal would tell who else is there.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    patch: operations['changeAccount'];
    trace?: never;
  };
  '/v1/accounts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List accounts
     * @description For keys of an operator account: every account of the installation.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    get: operations['listAccounts'];
    put?: never;
    /**
     * Create an account
     * @description For keys of an operator account. The answer holds the first key of the new account, of role `admin`, which is shown once.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    post: operations['createAccount'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List keys
     * @description All keys of the account, those that ended too. None is shown beyond its first characters.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    get: operations['listKeys'];
    put?: never;
    /**
     * Create a key
     * @description The key is shown once, and stored only as its SHA-256: whoever loses it needs another. There is no Idempotency-Key here, because the stored answer would be the key; a second key does no harm, and can be revoked.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    post: operations['createKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/keys/{id}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Rotate a key
     * @description Makes a key of the same name, role and end in place of this one, which ends within a second, or after `overlapSeconds`.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    post: operations['rotateKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/keys/{id}': {
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
     * Revoke a key
     * @description It is refused within a second, everywhere. The last key of role `admin` can be revoked too; another is then made at the command line.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    delete: operations['deleteKey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/providers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List provider accounts
     * @description Those that are disabled too.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    get: operations['listProviders'];
    put?: never;
    /**
     * Create a provider account
     * @description Access to the WhatsApp Cloud API by one phone number, to a mail server, to who checks e-mail addresses (`email_check`), or to who makes payments (`payment`). Secrets are encrypted before they are stored, and never shown again. Jobs use the first of their channel unless they name another.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    post: operations['createProvider'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/providers/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read a provider account
     * @description Read a provider account.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    get: operations['getProvider'];
    put?: never;
    post?: never;
    /**
     * Disable a provider account
     * @description No new job may use it, and active jobs that do are paused. It stays, because deliveries name it, and reports of what was sent still count.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    delete: operations['disableProvider'];
    options?: never;
    head?: never;
    /**
     * Change a provider account
     * @description What is left out stays, single fields of the settings too; so a token is replaced without the others. Senders read it again within seconds. Enabling does not resume jobs that disabling paused; checks of addresses go on with any change of their verifier.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    patch: operations['changeProvider'];
    trace?: never;
  };
  '/v1/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read the audit trail
     * @description Every change of the account, each written in the transaction of the change itself. The newest first.
     *
     *     Needs a key with the role `operate` or a higher one.
     */
    get: operations['listAuditEntries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List endpoints
     * @description Those that were switched off too.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    get: operations['listWebhooks'];
    put?: never;
    /**
     * Create an endpoint
     * @description Names a URL of your own that is told what happens, signed as Standard Webhooks says. The answer holds the secret, which is never shown again. An account has at most 20 endpoints.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    post: operations['createWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhooks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read an endpoint
     * @description Whether it is switched on, and of what it is told. Its secrets are not shown.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    get: operations['getWebhook'];
    put?: never;
    post?: never;
    /**
     * Delete an endpoint
     * @description Its URL and secrets are forgotten. Notices that still wait for it fail as `endpoint_disabled`.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    delete: operations['deleteWebhook'];
    options?: never;
    head?: never;
    /**
     * Change an endpoint
     * @description What is left out stays. An endpoint that is switched on, or given further types, is told of what happens from then on; what it missed can be replayed. Senders read it again within seconds.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    patch: operations['changeWebhook'];
    trace?: never;
  };
  '/v1/webhooks/{id}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give an endpoint a new secret
     * @description The answer holds the new secret, which is never shown again. Until the overlap ends, requests carry a signature by each, so that a receiver may verify with either; at most 5 sign at once.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    post: operations['rotateWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/webhooks/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a test to an endpoint
     * @description An event `webhook.test` is sent to this endpoint, whatever types it takes. Read the event to see what came of it.
     *
     *     Needs a key with the role `admin` or a higher one.
     */
    post: operations['testWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List events
     * @description What endpoints were told. An event is kept only if an endpoint was there that takes its type.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['listEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read an event with its notices
     * @description What each endpoint was sent, and what came of it.
     *
     *     Needs a key with the role `read` or a higher one.
     */
    get: operations['getEvent'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/events/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send an event again
     * @description A new notice with the same `webhook-id` and the same body, to one endpoint or to every enabled one that takes its type. Receivers that have it leave it out by its id.
     *
     *     Needs a key with the role `operate` or a higher one.
     */
    post: operations['replayEvent'];
    delete?: never;
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
     * @description Called once by the provider when the callback URL is entered in its console, with the account's verify token.
     */
    get: operations['getProviderAccountCallbackWhatsapp'];
    put?: never;
    /**
     * Status reports of the provider, and replies of recipients
     * @description Statuses move the delivery that their reference names. A reply of one of the words of STOP_WORDS suppresses the sender's number in the account, and one of START_WORDS takes such a reply back; callbacks that come twice or late change nothing.
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
    Account: {
      /**
       * @description Id of the account
       * @example acc_1
       */
      id: string;
      /**
       * @description Name, unique in the installation
       * @example Bells & Co
       */
      name: string;
      /**
       * @description Time zone of recipients who have none of their own
       * @example Europe/Berlin
       */
      zone: string;
      /**
       * @description Country by which phone numbers without a country code are read
       * @example DE
       */
      country: string;
      /** @description Part of the day in which nobody is written to; null is none */
      quietHours: {
        /**
         * @description When they begin, by the clock of each recipient
         * @example 22:00
         */
        from: string;
        /**
         * @description When they end; on the day after, if earlier
         * @example 07:00
         */
        to: string;
      } | null;
      /**
       * @description Requests a second of each key; null is the installation's default
       * @example 200
       */
      requestsPerSecond: number | null;
      /** @description What checks of addresses may cost on one day (UTC); null is without a limit. In another currency than the verifier’s it buys nothing */
      checkBudget: {
        /**
         * @description In units of the currency; smaller parts than a millionth are rounded
         * @example 25
         */
        amount: number;
        /**
         * @description Currency, as in ISO 4217
         * @example EUR
         */
        currency: string;
      } | null;
      /**
       * @description For how many days what was sent is kept; null is the installation's default
       * @example 30
       */
      keepDays: number | null;
      /**
       * @description The same of what failed, never less than of what was sent; null is as long as that
       * @example 30
       */
      keepFailedDays: number | null;
      /**
       * @description Whether its keys may see and hold the whole installation
       * @example false
       */
      operator: boolean;
      /**
       * @description Grows with each change
       * @example 3
       */
      version: number;
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
    AccountBody: {
      /**
       * @description Name, unique in the installation
       * @example Bells & Co
       */
      name: string;
      /**
       * @description Time zone of recipients who have none of their own
       * @default UTC
       * @example Europe/Berlin
       */
      zone?: string;
      /**
       * @description Country by which phone numbers without a country code are read
       * @default US
       * @example DE
       */
      country?: string;
      /**
       * @description Part of the day in which nobody is written to; null is none
       * @default null
       */
      quietHours?: {
        /**
         * @description When they begin, by the clock of each recipient
         * @example 22:00
         */
        from: string;
        /**
         * @description When they end; on the day after, if earlier
         * @example 07:00
         */
        to: string;
      } | null;
      /**
       * @description Requests a second of each key; null is the installation's default
       * @default null
       * @example 200
       */
      requestsPerSecond?: number | null;
      /**
       * @description What checks of addresses may cost on one day (UTC); null is without a limit. In another currency than the verifier’s it buys nothing
       * @default null
       */
      checkBudget?: {
        /**
         * @description In units of the currency; smaller parts than a millionth are rounded
         * @example 25
         */
        amount: number;
        /**
         * @description Currency, as in ISO 4217
         * @example EUR
         */
        currency: string;
      } | null;
      /**
       * @description For how many days what was sent is kept; null is the installation's default
       * @default null
       * @example 30
       */
      keepDays?: number | null;
      /**
       * @description The same of what failed, never less than of what was sent; null is as long as that
       * @default null
       * @example 30
       */
      keepFailedDays?: number | null;
      /**
       * @description Whether its keys may see and hold the whole installation
       * @default false
       * @example false
       */
      operator?: boolean;
    };
    AccountChange: {
      /**
       * @description The version that the change is meant for
       * @example 3
       */
      version: number;
      /**
       * @description Name, unique in the installation
       * @example Bells & Co
       */
      name?: string;
      /**
       * @description Time zone of recipients who have none of their own
       * @example Europe/Berlin
       */
      zone?: string;
      /**
       * @description Country by which phone numbers without a country code are read
       * @example DE
       */
      country?: string;
      /** @description Part of the day in which nobody is written to; null is none */
      quietHours?: {
        /**
         * @description When they begin, by the clock of each recipient
         * @example 22:00
         */
        from: string;
        /**
         * @description When they end; on the day after, if earlier
         * @example 07:00
         */
        to: string;
      } | null;
      /**
       * @description Requests a second of each key; null is the installation's default
       * @example 200
       */
      requestsPerSecond?: number | null;
      /** @description What checks of addresses may cost on one day (UTC); null is without a limit. In another currency than the verifier’s it buys nothing */
      checkBudget?: {
        /**
         * @description In units of the currency; smaller parts than a millionth are rounded
         * @example 25
         */
        amount: number;
        /**
         * @description Currency, as in ISO 4217
         * @example EUR
         */
        currency: string;
      } | null;
      /**
       * @description For how many days what was sent is kept; null is the installation's default
       * @example 30
       */
      keepDays?: number | null;
      /**
       * @description The same of what failed, never less than of what was sent; null is as long as that
       * @example 30
       */
      keepFailedDays?: number | null;
    };
    AccountPage: {
      /** @description The rows of this page */
      data: components['schemas']['Account'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    Address: {
      /**
       * @description The address, normalized
       * @example dilara.peters@example.com
       */
      address: string;
      /**
       * @description How it stands now: `confirmed` by its owner, the verdict that counts, `pending` while a first check is under way, `unknown` after one that found nothing out, else `unchecked`
       * @example deliverable
       * @enum {string}
       */
      standing: 'confirmed' | 'deliverable' | 'undeliverable' | 'risky' | 'unknown' | 'pending' | 'unchecked';
      /** @description A confirmation, or a verdict that the account brought along; it comes first */
      own: {
        /**
         * @description What the account says of it
         * @example confirmed
         * @enum {string}
         */
        verdict: 'confirmed' | 'deliverable' | 'undeliverable' | 'risky' | 'unknown';
        /**
         * @description Why, if that was said
         * @example null
         */
        reason: string | null;
        /**
         * @description Who said so: `link`, `api`, `import`
         * @example link
         */
        source: string;
        /**
         * Format: date-time
         * @description When it was said or found out
         * @example 2026-11-20T09:00:00.000Z
         */
        at: string;
        /**
         * Format: date-time
         * @description Until when it counts; null for ever
         * @example 2026-11-20T09:00:00.000Z
         */
        validUntil: string | null;
      } | null;
      /** @description The newest check that the account pays for; null when there is none */
      check: {
        /**
         * @description Whether a check is under way
         * @example false
         */
        pending: boolean;
        /**
         * @description What the last check found out; null before the first ended
         * @example deliverable
         * @enum {string|null}
         */
        verdict: 'deliverable' | 'undeliverable' | 'risky' | 'unknown' | null;
        /**
         * @description Why, in one word
         * @example accepted_email
         */
        reason: string | null;
        /**
         * Format: date-time
         * @description When that was
         * @example 2026-11-20T09:00:00.000Z
         */
        checkedAt: string | null;
        /**
         * @description By our own rules, the mail server, or a paid service
         * @example http
         * @enum {string|null}
         */
        checkedBy: 'rules' | 'smtp' | 'http' | null;
        /**
         * Format: date-time
         * @description Until when it counts
         * @example 2026-11-20T09:00:00.000Z
         */
        validUntil: string | null;
        /** @description What the account paid for it, or may have to while it is pending */
        cost: {
          /**
           * @description In units of the currency
           * @example 0.004
           */
          amount: number;
          /**
           * @description Currency, as in ISO 4217
           * @example EUR
           */
          currency: string;
        };
      } | null;
    };
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
    AuditEntry: {
      /**
       * @description Id of the entry
       * @example adt_1204
       */
      id: string;
      /**
       * Format: date-time
       * @description When it was done
       * @example 2026-11-21T09:00:00.000Z
       */
      at: string;
      /**
       * @description Who: a key, `cli:` with a user of the operating system, or a service
       * @example key_3
       */
      actor: string;
      /**
       * @description Name of the key that did it
       * @example portal
       */
      actorName: string | null;
      /**
       * @description What was done
       * @example job.create
       */
      action: string;
      /**
       * @description To what
       * @example job_42
       */
      subject: string;
      /**
       * @description Further facts; nothing secret and no address
       * @example {
       *       "trigger": "now"
       *     }
       */
      detail: {
        [key: string]: unknown;
      };
      /**
       * @description Network address that the request came from; null where there was none
       * @example 203.0.113.7
       */
      origin: string | null;
      /**
       * @description X-Request-Id of the answer; null where there was no request
       * @example 3f0c1b52-7a0e-4f0e-9d5e-2f1f6f1c9a10
       */
      requestId: string | null;
    };
    AuditEntryPage: {
      /** @description The rows of this page */
      data: components['schemas']['AuditEntry'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    BulkAnswer: {
      /**
       * @description Jobs that the filter meant before, counted up to 100000
       * @example 120
       */
      matched: number;
      /**
       * @description Of those looked at by this request, how many are now as was asked for
       * @example 119
       */
      done: number;
      /** @description Those that could not be */
      refused: {
        /**
         * @description Id of the job
         * @example job_42
         */
        job: string;
        /**
         * @description As one request for it would have answered
         * @example invalid_state
         */
        code: string;
        /**
         * @description For people
         * @example The job is completed.
         */
        detail: string;
      }[];
      /**
       * @description `cursor` of the next request; null when none is left
       * @example null
       */
      nextCursor: string | null;
    };
    /**
     * @description What is to be done to many jobs
     * @example {
     *       "action": "pause",
     *       "filter": {
     *         "tag": "billing",
     *         "status": "active"
     *       },
     *       "dryRun": true
     *     }
     */
    BulkBody: {
      /**
       * @description What is to be done to each
       * @example pause
       * @enum {string}
       */
      action: 'pause' | 'resume' | 'cancel' | 'change';
      /**
       * @description Which jobs; all parts together
       * @example {
       *       "tag": "billing",
       *       "status": "active"
       *     }
       */
      filter: {
        /**
         * @description Only jobs in this state
         * @example active
         * @enum {string}
         */
        status?: 'active' | 'paused' | 'completed' | 'cancelled';
        /**
         * @description Only jobs of this kind
         * @example message
         * @enum {string}
         */
        kind?: 'message' | 'webhook' | 'payment' | 'report' | 'script';
        /**
         * @description Only of this channel
         * @example email
         * @enum {string}
         */
        channel?: 'whatsapp' | 'email' | 'call' | 'payment' | 'script';
        /**
         * @description Only jobs of this user of yours
         * @example u-1204
         */
        userId?: string;
        /**
         * @description Only those with this tag
         * @example billing
         */
        tag?: string;
        /**
         * @description Only those whose name begins so; case matters
         * @example Cant
         */
        name?: string;
        /**
         * @description Only those created then or later
         * @example 2026-11-21T09:00:00Z
         */
        createdAfter?: string;
        /**
         * @description Only those created before
         * @example 2026-11-21T09:00:00Z
         */
        createdBefore?: string;
        /**
         * @description Only those whose next run is then or later
         * @example 2026-11-21T09:00:00Z
         */
        nextRunAfter?: string;
        /**
         * @description Only those whose next run is before
         * @example 2026-11-21T09:00:00Z
         */
        nextRunBefore?: string;
      };
      /** @description With the action `change`: what is to be another */
      change?: {
        trigger?: components['schemas']['TriggerBody'];
        /** @description Replaces the whole policy; what is left out takes its default */
        policy?: components['schemas']['PolicyBody'];
        /**
         * @description Labels of your own, by which lists can be filtered
         * @example [
         *       "billing"
         *     ]
         */
        tags?: string[];
      };
      /**
       * @description Only count them; nothing is done
       * @default false
       * @example true
       */
      dryRun?: boolean;
      /**
       * @description `nextCursor` of the answer before, to go on
       * @example WyJidWxrLyIsNDJd
       */
      cursor?: string;
    };
    /** @description Only of kind `webhook`: what is called */
    Call: {
      /**
       * @description What is called
       * @example https://example.com/nightly
       */
      url: string;
      /**
       * @description How
       * @example POST
       * @enum {string}
       */
      method: 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'GET';
      /**
       * @description Names of your own headers
       * @example [
       *       "x-team"
       *     ]
       */
      headerNames: string[];
      /**
       * @description The JSON sent with it; null is none
       * @example {
       *       "report": "nightly"
       *     }
       */
      body: unknown;
    };
    /**
     * @description What is called
     * @example {
     *       "url": "https://example.com/nightly",
     *       "body": {
     *         "report": "nightly"
     *       }
     *     }
     */
    CallBody: {
      /**
       * @description What is called: `https:`, in the public internet
       * @example https://example.com/nightly
       */
      url: string;
      /**
       * @description How it is called
       * @default POST
       * @example POST
       * @enum {string}
       */
      method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'GET';
      /**
       * @description Headers of your own, such as `authorization`. They are sent, and never shown again but for their names
       * @example {
       *       "x-team": "billing"
       *     }
       */
      headers?: {
        [key: string]: string;
      };
      /**
       * @description JSON that is sent with it, at most 32768 bytes; the same bytes at every try. GET has none
       * @example {
       *       "report": "nightly"
       *     }
       */
      body?: unknown;
    };
    CallSettings: {
      /**
       * @description Calls begun per second at most, all senders together
       * @example 200
       */
      requestsPerSecond: number;
      /** @description What signs every call, the newest first; several while they overlap */
      secrets: {
        /**
         * @description The secret
         * @example whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD
         */
        secret: string;
        /**
         * Format: date-time
         * @description Until when it signs; null while it is the present one
         * @example null
         */
        until: string | null;
      }[];
    };
    CallSettingsChange: {
      /**
       * @description Calls begun per second at most, all senders together
       * @example 200
       */
      requestsPerSecond: number;
    };
    /**
     * @description What is to be changed
     * @example {
     *       "version": 3,
     *       "content": {
     *         "text": "The canteen opens at twelve today."
     *       }
     *     }
     */
    ChangeJobBody: {
      /**
       * @description The `version` that the change is based on
       * @example 3
       */
      version: number;
      /**
       * @description What it does from now on, with all that jobs of this kind consist of; only while nothing of it was begun
       * @example message
       * @enum {string}
       */
      kind?: 'message' | 'webhook' | 'payment' | 'report' | 'script';
      /**
       * @description With the kind `message`: how people are reached
       * @example whatsapp
       * @enum {string}
       */
      channel?: 'whatsapp' | 'email';
      /**
       * @description With another `kind`: id of one of the account's; default the first for the channel
       * @example pvd_1
       */
      providerAccount?: string;
      /**
       * @description For people, in lists
       * @example Canteen
       */
      name?: string;
      /**
       * @description Labels of your own, by which lists can be filtered
       * @example [
       *       "billing"
       *     ]
       */
      tags?: string[];
      /**
       * @description How its owner is told; null is as the contact of its user says
       * @example null
       */
      notify?: components['schemas']['NotifyBody'] | null;
      content?: components['schemas']['ContentBody'];
      webhook?: components['schemas']['CallBody'];
      payment?: components['schemas']['PaymentBody'];
      report?: components['schemas']['ReportBody'];
      /**
       * @description What is run, in isolation: no network, no files but its own, and limits on everything
       * @example {
       *       "language": "python",
       *       "source": "print(\"hello\")\n"
       *     }
       */
      script?: {
        /**
         * @description What it is written in
         * @example python
         * @enum {string}
         */
        language: 'python' | 'javascript';
        /**
         * @description The program, at most 16384 bytes. It reads its parameters as JSON from standard input
         * @example import json, sys
         *     print(json.load(sys.stdin)["month"])
         */
        source: string;
        /**
         * @description Any JSON, at most 16384 bytes; `{}` unless given
         * @example {
         *       "month": "2026-11"
         *     }
         */
        parameters?: unknown;
      };
      trigger?: components['schemas']['TriggerBody'];
      audience?: components['schemas']['TargetBody'];
      /** @description Replaces the whole policy; what is left out takes its default */
      policy?: components['schemas']['PolicyBody'];
      /**
       * @description Whether it is meant although another job says nearly the same to the same people about the same time
       * @default false
       * @example false
       */
      allowSimilar?: boolean;
    };
    CheckSpend: {
      /** @description Days on which checks were asked for, newest first */
      days: {
        /**
         * @description The day, in UTC
         * @example 2026-11-20
         */
        day: string;
        /**
         * @description Currency, as in ISO 4217
         * @example EUR
         */
        currency: string;
        /**
         * @description What was paid, in units of the currency
         * @example 1.296
         */
        charged: number;
        /**
         * @description What checks under way may still cost
         * @example 0.004
         */
        reserved: number;
        /**
         * @description Checks that were made for the account
         * @example 300
         */
        asked: number;
        /**
         * @description Results of other accounts' checks that it uses too
         * @example 25
         */
        shared: number;
      }[];
      /** @description What checks of addresses may cost on one day (UTC); null is without a limit. In another currency than the verifier’s it buys nothing */
      budget: {
        /**
         * @description In units of the currency; smaller parts than a millionth are rounded
         * @example 25
         */
        amount: number;
        /**
         * @description Currency, as in ISO 4217
         * @example EUR
         */
        currency: string;
      } | null;
      /**
       * @description What is left of the budget today; null without one
       * @example 23.7
       */
      left: number | null;
    };
    ConfirmationLink: {
      /**
       * @description Signed; names the account and the address, and does not expire
       * @example k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw
       */
      token: string;
      /**
       * @description Where the page is, below the address of this API
       * @example /v1/confirm/k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw
       */
      path: string;
      /**
       * @description The whole link; null where the operator has not said under which address people reach the API
       * @example https://carillon.example.com/v1/confirm/k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw
       */
      url: string | null;
    };
    Contact: {
      /**
       * @description Your own id of the user
       * @example u-1204
       */
      userId: string;
      /**
       * @description How its owner is told
       * @example {
       *       "webhook": "https://example.com/told"
       *     }
       */
      notify: {
        /**
         * @description An e-mail address; needs a provider account for e-mail
         * @example ada@example.com
         */
        email?: string;
        /**
         * @description A phone number; needs a provider account for WhatsApp
         * @example +49 151 1020 0034
         */
        whatsapp?: string;
        /**
         * @description A URL, signed by the secrets of the account's calls
         * @example https://example.com/told
         */
        webhook?: string;
      };
      /**
       * Format: date-time
       * @description When it last changed
       * @example 2026-11-21T09:00:00.000Z
       */
      updatedAt: string;
    };
    /**
     * @description How the user is told
     * @example {
     *       "notify": {
     *         "webhook": "https://example.com/told"
     *       }
     *     }
     */
    ContactBody: {
      notify: components['schemas']['NotifyBody'];
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
     * @description A job: what it does, and when
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
    CreateJobBody:
      | components['schemas']['MessageJobBody']
      | components['schemas']['WebhookJobBody']
      | components['schemas']['PaymentJobBody']
      | components['schemas']['ReportJobBody']
      | {
          /**
           * @description For people, in lists
           * @example Canteen
           */
          name: string;
          trigger: components['schemas']['TriggerBody'];
          /** @default {} */
          policy?: components['schemas']['PolicyBody'];
          /**
           * @description Whether it also runs at once, besides the moments of its trigger
           * @default false
           * @example false
           */
          runNow?: boolean;
          /**
           * @description Your own id of the user that the job belongs to
           * @example u-1204
           */
          userId?: string;
          /**
           * @description Labels of your own, by which lists can be filtered
           * @example [
           *       "billing"
           *     ]
           */
          tags?: string[];
          notify?: components['schemas']['NotifyBody'];
          /**
           * @description What it does: runs a program in isolation
           * @example script
           * @constant
           */
          kind: 'script';
          /**
           * @description What is run, in isolation: no network, no files but its own, and limits on everything
           * @example {
           *       "language": "python",
           *       "source": "print(\"hello\")\n"
           *     }
           */
          script: {
            /**
             * @description What it is written in
             * @example python
             * @enum {string}
             */
            language: 'python' | 'javascript';
            /**
             * @description The program, at most 16384 bytes. It reads its parameters as JSON from standard input
             * @example import json, sys
             *     print(json.load(sys.stdin)["month"])
             */
            source: string;
            /**
             * @description Any JSON, at most 16384 bytes; `{}` unless given
             * @example {
             *       "month": "2026-11"
             *     }
             */
            parameters?: unknown;
          };
        };
    /** @description A template to be stored */
    CreateTemplateBody: {
      /**
       * @description Unique within the account
       * @example Canteen
       */
      name: string;
      /**
       * @description The channel that it is for; it stays so
       * @example whatsapp
       * @enum {string}
       */
      channel: 'whatsapp' | 'email';
      content: components['schemas']['TemplateContentBody'];
    };
    CreatedAccount: {
      /** @description The account */
      account: components['schemas']['Account'];
      /** @description Its first key */
      key: {
        /**
         * @description Id of the key
         * @example key_1
         */
        id: string;
        /**
         * @description What the key may do, each role all that the one before it may: `read` reads, `write` also makes and changes, `operate` also holds and settles, `admin` also manages keys and provider accounts
         * @example write
         * @enum {string}
         */
        role: 'read' | 'write' | 'operate' | 'admin';
        /**
         * @description The key, shown once: keep it
         * @example ck_9bTz4Yp0kq7Zr1m2Vw8eXc3nLs5aUdHf
         */
        key: string;
      };
    };
    DateBody: {
      /**
       * @description A day (`1990-03-10`), a day without a year (`--03-10`), or an instant with `Z` or an offset, answered in UTC
       * @example 1990-03-10
       */
      value: string;
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
      /** @description What each try came to, of jobs that do something */
      results: {
        /**
         * @description Which try, counted from 1
         * @example 1
         */
        try: number;
        /**
         * Format: date-time
         * @description When it was begun
         * @example 2026-11-21T09:00:00.000Z
         */
        startedAt: string;
        /**
         * Format: date-time
         * @description When it had ended
         * @example 2026-11-21T09:00:00.000Z
         */
        endedAt: string;
        /**
         * @description HTTP status of its answer, if it was a call and answered
         * @example 200
         */
        status: number | null;
        /**
         * @description Exit code, if it was a script and ended by itself
         * @example 0
         */
        exitCode: number | null;
        /**
         * @description The beginning of what it answered or printed, at most 3 KB
         * @example done
         */
        output: string | null;
        /**
         * @description The same of what went wrong
         * @example no complete answer within the time-out
         */
        error: string | null;
        /**
         * @description Whether something was left out of these
         * @example false
         */
        truncated: boolean;
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
    Event: {
      /**
       * @description Id of the event, and the `webhook-id` of its notices
       * @example evt_12
       */
      id: string;
      /**
       * @description What kind of event it is
       * @example run.completed
       * @enum {string}
       */
      type:
        | 'run.started'
        | 'run.completed'
        | 'run.paused'
        | 'run.failures'
        | 'run.unknown'
        | 'run.late'
        | 'run.failed'
        | 'job.cancelled'
        | 'job.completed'
        | 'payment.refused'
        | 'suppression.added'
        | 'webhook.test';
      /**
       * @description Id of what it is about
       * @example run_42
       */
      subject: string;
      /**
       * Format: date-time
       * @description When it was noticed; the `timestamp` of its notices
       * @example 2026-11-21T09:00:04.120Z
       */
      timestamp: string;
      /**
       * @description The `data` of its notices
       * @example {
       *       "run": "run_42",
       *       "failed": 3,
       *       "final": true
       *     }
       */
      data: {
        [key: string]: unknown;
      };
    };
    EventDetail: {
      /**
       * @description Id of the event, and the `webhook-id` of its notices
       * @example evt_12
       */
      id: string;
      /**
       * @description What kind of event it is
       * @example run.completed
       * @enum {string}
       */
      type:
        | 'run.started'
        | 'run.completed'
        | 'run.paused'
        | 'run.failures'
        | 'run.unknown'
        | 'run.late'
        | 'run.failed'
        | 'job.cancelled'
        | 'job.completed'
        | 'payment.refused'
        | 'suppression.added'
        | 'webhook.test';
      /**
       * @description Id of what it is about
       * @example run_42
       */
      subject: string;
      /**
       * Format: date-time
       * @description When it was noticed; the `timestamp` of its notices
       * @example 2026-11-21T09:00:04.120Z
       */
      timestamp: string;
      /**
       * @description The `data` of its notices
       * @example {
       *       "run": "run_42",
       *       "failed": 3,
       *       "final": true
       *     }
       */
      data: {
        [key: string]: unknown;
      };
      /** @description Its notices, the newest first; at most 100. A replay adds one for each endpoint. */
      notices: {
        /**
         * @description Id of the delivery; null once it is no longer kept
         * @example dlv_20261121_7_1
         */
        id: string | null;
        /**
         * @description `webhook` to an endpoint; by any other the owner of the job is told
         * @example webhook
         * @enum {string}
         */
        channel: 'webhook' | 'email' | 'whatsapp' | 'call';
        /**
         * @description Id of the endpoint; null where the owner of the job is told
         * @example whk_5
         */
        webhook: string | null;
        /**
         * @description `sent` when the endpoint took it; null once it is no longer kept
         * @example sent
         * @enum {string|null}
         */
        state: 'scheduled' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped' | 'cancelled' | null;
        /**
         * @description The last error, when there was one
         * @example http_503
         */
        code: string | null;
        /**
         * @description Tries begun so far
         * @example 2
         */
        try: number;
        /**
         * @description Of the ten tries that may fail, those used
         * @example 2
         */
        attempts: number;
        /**
         * Format: date-time
         * @description When it was made
         * @example 2026-11-21T09:00:04.120Z
         */
        createdAt: string;
        /**
         * Format: date-time
         * @description Not sent before this; moves with retries
         * @example 2026-11-21T09:00:09.000Z
         */
        dueAt: string | null;
        /**
         * Format: date-time
         * @description When it was taken or given up; null until then
         * @example 2026-11-21T09:00:09.310Z
         */
        settledAt: string | null;
      }[];
    };
    EventPage: {
      /** @description The rows of this page */
      data: components['schemas']['Event'][];
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
      channel: 'whatsapp' | 'email' | 'webhook' | 'email_check' | 'call' | 'payment' | 'script' | null;
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
      channel?: 'whatsapp' | 'email' | 'webhook' | 'email_check' | 'call' | 'payment' | 'script' | null;
      /**
       * @description Why, for whoever finds the hold
       * @example The announcement has a wrong date
       */
      reason: string;
    };
    Holds: {
      /** @description The holds that stand, eldest first */
      data: components['schemas']['Hold'][];
      /**
       * @description There is no further page
       * @example null
       */
      nextCursor: null;
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
    IssuedKey: {
      /**
       * @description Id of the key
       * @example key_3
       */
      id: string;
      /**
       * @description What the key is for
       * @example portal
       */
      name: string;
      /**
       * @description How the key begins
       * @example ck_9bTz4Y
       */
      prefix: string;
      /**
       * @description What the key may do, each role all that the one before it may: `read` reads, `write` also makes and changes, `operate` also holds and settles, `admin` also manages keys and provider accounts
       * @example write
       * @enum {string}
       */
      role: 'read' | 'write' | 'operate' | 'admin';
      /**
       * @description Whether it is accepted, and if not, why
       * @example active
       * @enum {string}
       */
      status: 'active' | 'expired' | 'revoked';
      /**
       * Format: date-time
       * @description When it was made
       * @example 2026-11-21T09:00:00.000Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it ends by itself; null is never
       * @example 2027-11-21T09:00:00.000Z
       */
      expiresAt: string | null;
      /**
       * Format: date-time
       * @description When it was revoked; null when it was not
       * @example 2027-11-21T09:00:00.000Z
       */
      revokedAt: string | null;
      /**
       * @description The key that it took the place of
       * @example key_2
       */
      rotatedFrom: string | null;
      /**
       * @description The key, shown once: keep it
       * @example ck_9bTz4Yp0kq7Zr1m2Vw8eXc3nLs5aUdHf
       */
      key: string;
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
       * @description What it does; `test` is the test of a message
       * @example message
       * @enum {string}
       */
      kind: 'message' | 'webhook' | 'payment' | 'report' | 'script' | 'test';
      /**
       * @description How people are reached, or what is done
       * @example whatsapp
       * @enum {string}
       */
      channel: 'whatsapp' | 'email' | 'call' | 'payment' | 'script';
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
      /**
       * @description Your own id of the user that it belongs to
       * @example u-1204
       */
      userId: string | null;
      /**
       * @description Labels of your own
       * @example [
       *       "billing"
       *     ]
       */
      tags: string[];
      /**
       * @description How its owner is told; null is as the contact of its user says, if there is one
       * @example {
       *       "webhook": "https://example.com/told"
       *     }
       */
      notify: {
        /**
         * @description An e-mail address; needs a provider account for e-mail
         * @example ada@example.com
         */
        email?: string;
        /**
         * @description A phone number; needs a provider account for WhatsApp
         * @example +49 151 1020 0034
         */
        whatsapp?: string;
        /**
         * @description A URL, signed by the secrets of the account's calls
         * @example https://example.com/told
         */
        webhook?: string;
      } | null;
      content: components['schemas']['Content'];
      webhook?: components['schemas']['Call'];
      payment?: components['schemas']['Payment'];
      report?: components['schemas']['Report'];
      script?: components['schemas']['Script'];
      /**
       * @description Grows with each change of what it says or does
       * @example 1
       */
      contentVersion: number;
      trigger: components['schemas']['Trigger'];
      audience: components['schemas']['TargetAnswer'];
      policy: components['schemas']['Policy'];
      /** @description How the addresses of the messages that are planned stand, as of the last look at them; null for a job that checks none */
      addressChecks: {
        /**
         * @description Confirmed by their owners
         * @example 120
         */
        confirmed: number;
        /**
         * @description Deliverable
         * @example 830
         */
        deliverable: number;
        /**
         * @description Undeliverable: these are skipped
         * @example 31
         */
        undeliverable: number;
        /**
         * @description Risky: `policy.addressCheck.risky` decides
         * @example 12
         */
        risky: number;
        /**
         * @description Whose check found nothing out, and is made again
         * @example 3
         */
        unknown: number;
        /**
         * @description Being checked
         * @example 4
         */
        pending: number;
        /**
         * @description That could not be asked for yet
         * @example 0
         */
        unasked: number;
        /**
         * @description Why some could not: the budget of the day is used up, or nobody can check; null when none
         * @example null
         * @enum {string|null}
         */
        blocked: 'budget' | 'no_verifier' | null;
      } | null;
      /**
       * Format: date-time
       * @description The moment that it is about; null when it follows dates
       * @example 2026-11-21T09:00:00.000Z
       */
      plannedAt: string | null;
      /**
       * Format: date-time
       * @description When the scheduler looks at it, for dates again and again; null when its run is planned
       * @example 2026-11-21T09:00:00.000Z
       */
      nextRunAt: string | null;
      /** @description The newest run; of dates the next one that is open */
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
    JobPreview: {
      /**
       * @description Whom the audience holds; the sum of all that follow
       * @example 1200
       */
      people: number;
      /**
       * @description Messages that would be sent; of dates who would be told when their day comes
       * @example 1150
       */
      deliveries: number;
      /** @description Left out, by reason */
      duplicates: {
        /**
         * @description Left out because another of them has the same address
         * @example 12
         */
        sameAddress: number;
      };
      /**
       * @description Without an address for the channel
       * @example 20
       */
      unreachable: number;
      /**
       * @description Who must not be written to
       * @example 8
       */
      suppressed: number;
      /**
       * @description Who lack a variable that has no default
       * @example 10
       */
      incomplete: number;
      /** @description Variables that most of them lack, at most ten */
      missing: {
        /**
         * @description The variable
         * @example city
         */
        name: string;
        /**
         * @description How many lack it
         * @example 10
         */
        people: number;
      }[];
      /**
       * @description In zones that skip the wall time, where the trigger leaves it out
       * @example 0
       */
      inGap: number;
      /**
       * @description Different time zones among those who would be told
       * @example 3
       */
      zones: number;
      /**
       * Format: date-time
       * @description When the first is due, of dates in the next seven days; null when nobody would be told
       * @example 2026-11-21T09:00:00.000Z
       */
      earliestAt: string | null;
      /**
       * Format: date-time
       * @description When the last is due
       * @example 2026-11-21T09:00:00.000Z
       */
      latestAt: string | null;
      /**
       * Format: date-time
       * @description When all would be sent, by the provider account's limit and what it has to send already
       * @example 2026-11-21T09:00:00.000Z
       */
      estimatedEndAt: string | null;
      /**
       * @description Messages that the provider account has to send before
       * @example 0
       */
      backlog: number;
      /** @description Which addresses would be checked, and what that costs; null for a job that checks none */
      addressChecks: {
        /**
         * @description Addresses that need no check
         * @example 700
         */
        known: number;
        /**
         * @description Addresses that would be checked
         * @example 450
         */
        toCheck: number;
        /** @description What that costs at most */
        cost: {
          /**
           * @description In units of the currency
           * @example 0.004
           */
          amount: number;
          /**
           * @description Currency, as in ISO 4217
           * @example EUR
           */
          currency: string;
        };
        /**
         * @description What is left of the budget today, in units of its currency; null without one
         * @example 23.7
         */
        budgetLeft: number | null;
        /**
         * @description Whether that suffices today
         * @example true
         */
        enough: boolean;
      } | null;
      /** @description Of a job that follows a date; null of others */
      dates: {
        /**
         * @description People of the audience who have the date; what is counted beside this is of them
         * @example 900
         */
        withDate: number;
        /**
         * @description People of the audience who have no such date, and are never told
         * @example 300
         */
        withoutDate: number;
        /** @description The next seven days, of each offset and day on which somebody is due */
        upcoming: {
          /**
           * @description Days from the date
           * @example -P3D
           */
          offset: string;
          /**
           * @description The day on which they are told
           * @example 2027-03-07
           */
          day: string;
          /**
           * @description Whose moment is then
           * @example 4
           */
          people: number;
          /**
           * Format: date-time
           * @description When the first of them is due
           * @example 2026-11-21T09:00:00.000Z
           */
          earliestAt: string;
          /**
           * Format: date-time
           * @description When the last of them is due
           * @example 2026-11-21T09:00:00.000Z
           */
          latestAt: string;
        }[];
      } | null;
      /** @description When it would run next, at most ten times, without jitter; empty where each recipient has a moment of their own */
      moments: {
        /**
         * Format: date-time
         * @description The moment, in UTC
         * @example 2026-11-21T08:00:00.000Z
         */
        at: string;
        /**
         * @description The same on a clock of the zone
         * @example 2026-11-21T09:00:00
         */
        wallTime: string;
        /**
         * @description The zone
         * @example Europe/Berlin
         */
        zone: string;
      }[];
      /** @description At most three messages as they would be sent */
      samples: {
        /**
         * @description The recipient's externalId
         * @example E-0042
         */
        recipient: string | null;
        /**
         * @description Name of the person
         * @example Dilara Peters
         */
        name: string | null;
        /**
         * @description The address, most of it hidden
         * @example +4915*****34
         */
        address: string;
        /**
         * Format: date-time
         * @description When it is due
         * @example 2026-11-21T09:00:00.000Z
         */
        dueAt: string;
        content: components['schemas']['Content'];
      }[];
      /** @description What to know before it is sent */
      warnings: {
        /**
         * @description Stable
         * @example daily_limit
         * @enum {string}
         */
        code: 'daily_limit' | 'similar_job' | 'nobody' | 'missing_variables' | 'check_budget';
        /**
         * @description For people
         * @example The provider lets 1,000 people be reached a day; this would be 1,150.
         */
        detail: string;
      }[];
    };
    Key: {
      /**
       * @description Id of the key
       * @example key_3
       */
      id: string;
      /**
       * @description What the key is for
       * @example portal
       */
      name: string;
      /**
       * @description How the key begins
       * @example ck_9bTz4Y
       */
      prefix: string;
      /**
       * @description What the key may do, each role all that the one before it may: `read` reads, `write` also makes and changes, `operate` also holds and settles, `admin` also manages keys and provider accounts
       * @example write
       * @enum {string}
       */
      role: 'read' | 'write' | 'operate' | 'admin';
      /**
       * @description Whether it is accepted, and if not, why
       * @example active
       * @enum {string}
       */
      status: 'active' | 'expired' | 'revoked';
      /**
       * Format: date-time
       * @description When it was made
       * @example 2026-11-21T09:00:00.000Z
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it ends by itself; null is never
       * @example 2027-11-21T09:00:00.000Z
       */
      expiresAt: string | null;
      /**
       * Format: date-time
       * @description When it was revoked; null when it was not
       * @example 2027-11-21T09:00:00.000Z
       */
      revokedAt: string | null;
      /**
       * @description The key that it took the place of
       * @example key_2
       */
      rotatedFrom: string | null;
    };
    KeyBody: {
      /**
       * @description What the key is for
       * @example portal
       */
      name: string;
      /**
       * @description What the key may do, each role all that the one before it may: `read` reads, `write` also makes and changes, `operate` also holds and settles, `admin` also manages keys and provider accounts
       * @example write
       * @enum {string}
       */
      role: 'read' | 'write' | 'operate' | 'admin';
      /**
       * Format: date-time
       * @description When the key ends by itself; null is never
       * @default null
       * @example 2027-11-21T09:00:00Z
       */
      expiresAt?: string | null;
    };
    KeyPage: {
      /** @description The rows of this page */
      data: components['schemas']['Key'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    KeyRotation: {
      /**
       * @description How long the old key still counts, at most a day; 0 ends it at once
       * @default 0
       * @example 3600
       */
      overlapSeconds?: number;
    };
    ManualRun: {
      /**
       * @description The run that was planned
       * @example run_8
       */
      run: string;
      /**
       * @description The job
       * @example job_42
       */
      job: string;
      /**
       * @description Which of the job's runs it is
       * @example manual:8
       */
      occurrence: string;
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
    MessageJobBody: {
      /**
       * @description For people, in lists
       * @example Canteen
       */
      name: string;
      trigger: components['schemas']['TriggerBody'];
      /** @default {} */
      policy?: components['schemas']['PolicyBody'];
      /**
       * @description Whether it also runs at once, besides the moments of its trigger
       * @default false
       * @example false
       */
      runNow?: boolean;
      /**
       * @description Your own id of the user that the job belongs to
       * @example u-1204
       */
      userId?: string;
      /**
       * @description Labels of your own, by which lists can be filtered
       * @example [
       *       "billing"
       *     ]
       */
      tags?: string[];
      notify?: components['schemas']['NotifyBody'];
      /**
       * @description What it does: says something to people
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
      content: components['schemas']['ContentBody'];
      audience: components['schemas']['TargetBody'];
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
    Missed: {
      /**
       * @description The first run of the family
       * @example run_42
       */
      run: string;
      /**
       * @description Who certainly has nothing
       * @example 37
       */
      people: number;
      /**
       * @description The same with `includeFailedByReport`
       * @example 41
       */
      peopleWithFailedByReport: number;
      /**
       * @description The resend that is under way; only one may be
       * @example run_57
       */
      openResend: string | null;
    };
    NoticesMade: {
      /**
       * @description Id of the event, and the `webhook-id` of the notices
       * @example evt_12
       */
      event: string;
      /**
       * @description Endpoints that a notice is on its way to
       * @example [
       *       "whk_5"
       *     ]
       */
      webhooks: string[];
    };
    /**
     * @description How its owner is told when a run is late or failed, a payment was refused, or the job is completed
     * @example {
     *       "webhook": "https://example.com/told"
     *     }
     */
    NotifyBody: {
      /**
       * @description An e-mail address; needs a provider account for e-mail
       * @example ada@example.com
       */
      email?: string;
      /**
       * @description A phone number; needs a provider account for WhatsApp
       * @example +49 151 1020 0034
       */
      whatsapp?: string;
      /**
       * @description A URL, signed by the secrets of the account's calls
       * @example https://example.com/told
       */
      webhook?: string;
    };
    /** @description Only of kind `payment`: what is paid */
    Payment: {
      /**
       * @description Who pays
       * @example acct_1204
       */
      sender: string;
      /**
       * @description Who is paid
       * @example acct_77
       */
      receiver: string;
      /**
       * @description In the currency's smallest unit
       * @example 1250
       */
      amount: number;
      /**
       * @description Currency, as in ISO 4217
       * @example EUR
       */
      currency: string;
      /**
       * @description What it is for; null is nothing
       * @example Rent
       */
      description: string | null;
    };
    /**
     * @description What is paid
     * @example {
     *       "sender": "acct_1204",
     *       "receiver": "acct_77",
     *       "amount": 1250,
     *       "currency": "EUR"
     *     }
     */
    PaymentBody: {
      /**
       * @description Who pays, as the provider names them
       * @example acct_1204
       */
      sender: string;
      /**
       * @description Who is paid, as the provider names them
       * @example acct_77
       */
      receiver: string;
      /**
       * @description In the currency's smallest unit, such as cents
       * @example 1250
       */
      amount: number;
      /**
       * @description Currency, as in ISO 4217
       * @example EUR
       */
      currency: string;
      /**
       * @description What it is for
       * @example Rent, December
       */
      description?: string;
    };
    /** @description A payment to be made */
    PaymentJobBody: {
      /**
       * @description For people, in lists
       * @example Canteen
       */
      name: string;
      trigger: components['schemas']['TriggerBody'];
      /** @default {} */
      policy?: components['schemas']['PolicyBody'];
      /**
       * @description Whether it also runs at once, besides the moments of its trigger
       * @default false
       * @example false
       */
      runNow?: boolean;
      /**
       * @description Your own id of the user that the job belongs to
       * @example u-1204
       */
      userId?: string;
      /**
       * @description Labels of your own, by which lists can be filtered
       * @example [
       *       "billing"
       *     ]
       */
      tags?: string[];
      notify?: components['schemas']['NotifyBody'];
      /**
       * @description What it does: pays somebody
       * @example payment
       * @constant
       */
      kind: 'payment';
      payment: components['schemas']['PaymentBody'];
      /**
       * @description Id of one of the account's; default the first for this channel
       * @example pvd_1
       */
      providerAccount?: string;
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
      /**
       * @description When a run that is not begun is late: seconds after its moment; null is never
       * @example 60
       */
      lateAfter: number | null;
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
      /** @description How e-mail addresses are checked before they are written to; null is not at all */
      addressCheck: {
        /**
         * @description Seconds before the first message
         * @example 172800
         */
        ahead: number;
        /**
         * @description Seconds after the due time
         * @example 3600
         */
        wait: number;
        /**
         * @description What becomes of messages to them
         * @example send
         * @enum {string}
         */
        risky: 'send' | 'skip';
        /**
         * @description What becomes of messages to them
         * @example skip
         * @enum {string}
         */
        unknown: 'send' | 'skip';
      } | null;
    };
    /** @description How it goes about trouble */
    PolicyBody: {
      /**
       * @description Tries that may fail, the first one included; default 5, of a script 3
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
       * @description When a run that is not begun counts as late, after its moment: seconds, or an ISO 8601 duration; null is never. Default 15 minutes for messages, 1 minute for every other kind
       * @example PT5M
       */
      lateAfter?: (string | number) | null;
      /** @description What becomes of an outcome that nobody knows, and after how long without a report. Default `hold` after an hour. A webhook has none, for it is called again with the same `webhook-id`; nor has a payment, which is looked up, nor a script, which is run again */
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
       * @description Whom one message is enough for: whoever shares the address, or each recipient alone. Default is `address`; `recipient` where the trigger is a date, as a family may share an address
       * @example address
       * @enum {string}
       */
      dedupeBy?: 'address' | 'recipient';
      /**
       * @description Whether messages wait for the end of the account's quiet hours in the recipient's zone; default `respect`
       * @example respect
       * @enum {string}
       */
      quietHours?: 'respect' | 'ignore';
      /** @description Whether e-mail addresses are checked before they are written to. Addresses that their owner confirmed are not; undeliverable ones are skipped. Null is no check */
      addressCheck?: {
        /**
         * @description How long before the first message addresses are checked, as seconds or an ISO 8601 duration
         * @example P2D
         */
        ahead?: string | number;
        /**
         * @description How long after its due time a message waits for a verdict
         * @example PT1H
         */
        wait?: string | number;
        /**
         * @description What becomes of a message to an address where mail may arrive and may do harm
         * @default send
         * @example send
         * @enum {string}
         */
        risky?: 'send' | 'skip';
        /**
         * @description And to one that nothing is known of when the waiting is over
         * @default skip
         * @example skip
         * @enum {string}
         */
        unknown?: 'send' | 'skip';
      } | null;
    };
    /** @description For whom it is to be rendered */
    PreviewTemplateBody: {
      /**
       * @description Default the newest
       * @example 2
       */
      version?: number;
      /**
       * @description `externalId` of a recipient whose name and attributes fill the variables
       * @example E-0042
       */
      recipient?: string;
      /**
       * @description What variables hold; goes before the recipient's
       * @default {}
       * @example {
       *       "name": "Dilara"
       *     }
       */
      values?: {
        [key: string]: string | number | boolean;
      };
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
        | 'invalid_cron'
        | 'no_occurrence'
        | 'invalid_date'
        | 'invalid_duration'
        | 'private_target'
        | 'unauthorized'
        | 'signature_invalid'
        | 'forbidden'
        | 'not_found'
        | 'method_not_allowed'
        | 'not_acceptable'
        | 'invalid_state'
        | 'run_started'
        | 'version_conflict'
        | 'resend_open'
        | 'nobody_missed'
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
        | 'no_verifier'
        | 'wall_time_in_gap'
        | 'moment_in_past'
        | 'moment_too_far'
        | 'too_many_requests'
        | 'internal'
        | 'unavailable'
        | 'executor_unavailable'
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
          | 'invalid_cron'
          | 'no_occurrence'
          | 'invalid_date'
          | 'invalid_duration'
          | 'private_target'
          | 'unauthorized'
          | 'signature_invalid'
          | 'forbidden'
          | 'not_found'
          | 'method_not_allowed'
          | 'not_acceptable'
          | 'invalid_state'
          | 'run_started'
          | 'version_conflict'
          | 'resend_open'
          | 'nobody_missed'
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
          | 'no_verifier'
          | 'wall_time_in_gap'
          | 'moment_in_past'
          | 'moment_too_far'
          | 'too_many_requests'
          | 'internal'
          | 'unavailable'
          | 'executor_unavailable'
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
       * @description With `resend_open`: the run that is under way
       * @example run_57
       */
      run?: string;
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
    Provider: {
      /**
       * @description Id of the provider account
       * @example pvd_2
       */
      id: string;
      /**
       * @description Its channel
       * @example whatsapp
       * @enum {string}
       */
      channel: 'whatsapp' | 'email' | 'email_check' | 'payment';
      /**
       * @description Name, unique among those of its channel
       * @example main number
       */
      name: string;
      /**
       * @description Its settings without the secrets
       * @example {
       *       "baseUrl": "https://graph.facebook.com",
       *       "apiVersion": "v23.0",
       *       "phoneNumberId": "106540352242922"
       *     }
       */
      settings: {
        [key: string]: unknown;
      };
      /**
       * @description Its secrets: of each only whether it is set
       * @example {
       *       "accessToken": {
       *         "set": true
       *       },
       *       "appSecret": {
       *         "set": true
       *       },
       *       "verifyToken": {
       *         "set": true
       *       }
       *     }
       */
      secrets: {
        [key: string]: {
          /**
           * @description Whether it is set
           * @example true
           */
          set: boolean;
        };
      };
      /**
       * @description The throughput limit, all processes together
       * @example 80
       */
      messagesPerSecond: number;
      /**
       * @description How many people it lets be reached in a moving day; null is without a limit
       * @example 100000
       */
      dailyLimit: number | null;
      /**
       * @description Whether new jobs may use it
       * @example true
       */
      enabled: boolean;
      /**
       * Format: date-time
       * @description When it was disabled; null when it is not
       * @example 2026-11-21T09:00:00.000Z
       */
      disabledAt: string | null;
      /**
       * @description Why it was disabled
       * @example by key_3
       */
      disabledReason: string | null;
      /**
       * @description Where the provider sends its status reports, below the address of this API; null for the others
       * @example /v1/provider-accounts/pvd_2/callbacks/whatsapp
       */
      callbackPath: string | null;
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
    ProviderBody:
      | {
          /**
           * @description The channel
           * @example whatsapp
           * @constant
           */
          channel: 'whatsapp';
          /**
           * @description Name, unique among those of its channel
           * @example main number
           */
          name: string;
          /**
           * @description The throughput limit, all processes together
           * @default 80
           * @example 80
           */
          messagesPerSecond?: number;
          /**
           * @description How many people the provider lets be reached in a moving day; null is without a limit. Previews warn.
           * @default null
           * @example 100000
           */
          dailyLimit?: number | null;
          /** @description Access to the WhatsApp Cloud API */
          settings: {
            /**
             * Format: uri
             * @description Address of the provider's API, without a path
             * @example https://graph.facebook.com
             */
            baseUrl: string;
            /**
             * @description Version of that API
             * @example v23.0
             */
            apiVersion: string;
            /**
             * @description The provider's id of the phone number
             * @example 106540352242922
             */
            phoneNumberId: string;
            /**
             * @description Token of the API; never shown again
             * @example EAAJB-example-token
             */
            accessToken: string;
            /**
             * @description Signs status callbacks; never shown again
             * @example 7c1f0f3a9e-example
             */
            appSecret: string;
            /**
             * @description Answers the handshake of callbacks; never shown again
             * @example a-word-of-your-own
             */
            verifyToken: string;
          };
        }
      | {
          /**
           * @description The channel
           * @example email
           * @constant
           */
          channel: 'email';
          /**
           * @description Name, unique among those of its channel
           * @example main number
           */
          name: string;
          /**
           * @description The throughput limit, all processes together
           * @default 80
           * @example 80
           */
          messagesPerSecond?: number;
          /**
           * @description How many people the provider lets be reached in a moving day; null is without a limit. Previews warn.
           * @default null
           * @example 100000
           */
          dailyLimit?: number | null;
          /** @description Access to a mail server */
          settings: {
            /**
             * @description Name of the mail server
             * @example smtp.example.com
             */
            host: string;
            /**
             * @description Its port
             * @default 587
             * @example 587
             */
            port?: number;
            /**
             * @description `tls` from the first byte, `starttls` (refused where the server does not offer it), or `none` for closed networks
             * @default starttls
             * @example starttls
             * @enum {string}
             */
            security?: 'tls' | 'starttls' | 'none';
            /**
             * @description User name; empty for none
             * @default
             * @example carillon
             */
            user?: string;
            /**
             * @description Password; never shown again
             * @default
             * @example correct horse battery staple
             */
            password?: string;
            /** @description Whom messages are from unless they say otherwise */
            from: {
              /**
               * @description Name shown with it
               * @example Bells & Co
               */
              name?: string;
              /**
               * @description Address
               * @example news@bells.example
               */
              address: string;
            };
            /**
             * @description Further addresses that a message may be from
             * @default []
             * @example [
             *       "hr@bells.example"
             *     ]
             */
            senders?: string[];
          };
        }
      | {
          /**
           * @description The channel
           * @example email_check
           * @constant
           */
          channel: 'email_check';
          /**
           * @description Name, unique among those of its channel
           * @example main number
           */
          name: string;
          /**
           * @description The throughput limit, all processes together
           * @default 80
           * @example 80
           */
          messagesPerSecond?: number;
          /**
           * @description How many people the provider lets be reached in a moving day; null is without a limit. Previews warn.
           * @default null
           * @example 100000
           */
          dailyLimit?: number | null;
          /** @description Who judges e-mail addresses, and at which price */
          settings:
            | {
                /**
                 * @description A paid service that speaks the vocabulary of Kickbox
                 * @example http
                 * @constant
                 */
                verifier: 'http';
                /**
                 * Format: uri
                 * @description Address of the paid service
                 * @example https://api.kickbox.com
                 */
                baseUrl: string;
                /**
                 * @description Key of the paid service; never shown again
                 * @example live_example_key
                 */
                apiKey: string;
                /**
                 * @description What one verdict costs, in millionths of the currency's unit
                 * @example 4000
                 */
                priceMicros: number;
                /**
                 * @description Currency, as in ISO 4217
                 * @example EUR
                 */
                currency: string;
                /**
                 * @description For how many days a verdict counts
                 * @default 30
                 * @example 30
                 */
                validDays?: number;
                /**
                 * @description Name servers that are asked about domains, as address or address:port; without them the machine’s
                 * @example [
                 *       "9.9.9.9"
                 *     ]
                 */
                resolvers?: string[];
                /**
                 * @description Leaves domains to the service too, where names cannot be looked up from here
                 * @example true
                 * @constant
                 */
                skipDns?: true;
              }
            | {
                /**
                 * @description Our own dialogue with the mail servers of the addresses
                 * @example smtp
                 * @constant
                 */
                verifier: 'smtp';
                /**
                 * @description What we call ourselves to mail servers: a name that leads to the address that we connect from
                 * @example checks.example.com
                 */
                heloName: string;
                /**
                 * @description The sender that we name to them: a mailbox of yours that takes mail
                 * @example postmaster@example.com
                 */
                mailFrom: string;
                /**
                 * @description Port of the mail servers: 25
                 * @default 25
                 * @example 25
                 */
                port?: number;
                /**
                 * @description What one verdict costs, in millionths of the currency's unit
                 * @default 0
                 * @example 4000
                 */
                priceMicros?: number;
                /**
                 * @description Currency, as in ISO 4217
                 * @default EUR
                 * @example EUR
                 */
                currency?: string;
                /**
                 * @description For how many days a verdict counts
                 * @default 30
                 * @example 30
                 */
                validDays?: number;
                /**
                 * @description Name servers that are asked about domains, as address or address:port; without them the machine’s
                 * @example [
                 *       "9.9.9.9"
                 *     ]
                 */
                resolvers?: string[];
              };
        }
      | {
          /**
           * @description The channel
           * @example payment
           * @constant
           */
          channel: 'payment';
          /**
           * @description Name, unique among those of its channel
           * @example main number
           */
          name: string;
          /**
           * @description The throughput limit, all processes together
           * @default 80
           * @example 80
           */
          messagesPerSecond?: number;
          /**
           * @description How many people the provider lets be reached in a moving day; null is without a limit. Previews warn.
           * @default null
           * @example 100000
           */
          dailyLimit?: number | null;
          /** @description Access to a payment provider */
          settings: {
            /**
             * Format: uri
             * @description Address of the provider's API
             * @example https://pay.example.com
             */
            baseUrl: string;
            /**
             * @description Key of the API; never shown again
             * @example sk_live_example
             */
            apiKey: string;
            /**
             * @description For how long the provider remembers an idempotency key; never say more than it promises
             * @default 86400
             * @example 86400
             */
            keyValidSeconds?: number;
          };
        };
    ProviderChange:
      | {
          /**
           * @description Its channel, which cannot change
           * @example whatsapp
           * @constant
           */
          channel: 'whatsapp';
          /**
           * @description Name, unique among those of its channel
           * @example main number
           */
          name?: string;
          /**
           * @description The throughput limit, all processes together
           * @example 80
           */
          messagesPerSecond?: number;
          /**
           * @description How many people the provider lets be reached in a moving day; null is without a limit. Previews warn.
           * @example 100000
           */
          dailyLimit?: number | null;
          /**
           * @description True enables it again; false is what DELETE does
           * @example true
           */
          enabled?: boolean;
          /** @description Fields that change */
          settings?: {
            /**
             * Format: uri
             * @description Address of the provider's API, without a path
             * @example https://graph.facebook.com
             */
            baseUrl?: string;
            /**
             * @description Version of that API
             * @example v23.0
             */
            apiVersion?: string;
            /**
             * @description The provider's id of the phone number
             * @example 106540352242922
             */
            phoneNumberId?: string;
            /**
             * @description Token of the API; never shown again
             * @example EAAJB-example-token
             */
            accessToken?: string;
            /**
             * @description Signs status callbacks; never shown again
             * @example 7c1f0f3a9e-example
             */
            appSecret?: string;
            /**
             * @description Answers the handshake of callbacks; never shown again
             * @example a-word-of-your-own
             */
            verifyToken?: string;
          };
        }
      | {
          /**
           * @description Its channel, which cannot change
           * @example email
           * @constant
           */
          channel: 'email';
          /**
           * @description Name, unique among those of its channel
           * @example main number
           */
          name?: string;
          /**
           * @description The throughput limit, all processes together
           * @example 80
           */
          messagesPerSecond?: number;
          /**
           * @description How many people the provider lets be reached in a moving day; null is without a limit. Previews warn.
           * @example 100000
           */
          dailyLimit?: number | null;
          /**
           * @description True enables it again; false is what DELETE does
           * @example true
           */
          enabled?: boolean;
          /** @description Fields that change */
          settings?: {
            /**
             * @description Name of the mail server
             * @example smtp.example.com
             */
            host?: string;
            /**
             * @description Its port
             * @example 587
             */
            port?: number;
            /**
             * @description `tls` from the first byte, `starttls` (refused where the server does not offer it), or `none` for closed networks
             * @example starttls
             * @enum {string}
             */
            security?: 'tls' | 'starttls' | 'none';
            /**
             * @description User name; empty for none
             * @example carillon
             */
            user?: string;
            /**
             * @description Password; never shown again
             * @example correct horse battery staple
             */
            password?: string;
            /** @description Whom messages are from unless they say otherwise */
            from?: {
              /**
               * @description Name shown with it
               * @example Bells & Co
               */
              name?: string;
              /**
               * @description Address
               * @example news@bells.example
               */
              address: string;
            };
            /**
             * @description Further addresses that a message may be from
             * @example [
             *       "hr@bells.example"
             *     ]
             */
            senders?: string[];
          };
        }
      | {
          /**
           * @description Its channel, which cannot change
           * @example email_check
           * @constant
           */
          channel: 'email_check';
          /**
           * @description Name, unique among those of its channel
           * @example main number
           */
          name?: string;
          /**
           * @description The throughput limit, all processes together
           * @example 80
           */
          messagesPerSecond?: number;
          /**
           * @description How many people the provider lets be reached in a moving day; null is without a limit. Previews warn.
           * @example 100000
           */
          dailyLimit?: number | null;
          /**
           * @description True enables it again; false is what DELETE does
           * @example true
           */
          enabled?: boolean;
          /** @description Fields that change, of its kind of verifier */
          settings?: {
            /**
             * @description What one verdict costs, in millionths of the currency's unit
             * @example 4000
             */
            priceMicros?: number;
            /**
             * @description Currency, as in ISO 4217
             * @example EUR
             */
            currency?: string;
            /**
             * @description For how many days a verdict counts
             * @example 30
             */
            validDays?: number;
            /**
             * @description Name servers that are asked about domains, as address or address:port; without them the machine’s
             * @example [
             *       "9.9.9.9"
             *     ]
             */
            resolvers?: string[];
            /**
             * Format: uri
             * @description Address of the paid service
             * @example https://api.kickbox.com
             */
            baseUrl?: string;
            /**
             * @description Key of the paid service; never shown again
             * @example live_example_key
             */
            apiKey?: string;
            /**
             * @description What we call ourselves to mail servers: a name that leads to the address that we connect from
             * @example checks.example.com
             */
            heloName?: string;
            /**
             * @description The sender that we name to them: a mailbox of yours that takes mail
             * @example postmaster@example.com
             */
            mailFrom?: string;
            /**
             * @description Port of the mail servers: 25
             * @example 25
             */
            port?: number;
          };
        }
      | {
          /**
           * @description Its channel, which cannot change
           * @example payment
           * @constant
           */
          channel: 'payment';
          /**
           * @description Name, unique among those of its channel
           * @example main number
           */
          name?: string;
          /**
           * @description The throughput limit, all processes together
           * @example 80
           */
          messagesPerSecond?: number;
          /**
           * @description How many people the provider lets be reached in a moving day; null is without a limit. Previews warn.
           * @example 100000
           */
          dailyLimit?: number | null;
          /**
           * @description True enables it again; false is what DELETE does
           * @example true
           */
          enabled?: boolean;
          /** @description Fields that change */
          settings?: {
            /**
             * Format: uri
             * @description Address of the provider's API
             * @example https://pay.example.com
             */
            baseUrl?: string;
            /**
             * @description Key of the API; never shown again
             * @example sk_live_example
             */
            apiKey?: string;
            /**
             * @description For how long the provider remembers an idempotency key; never say more than it promises
             * @example 86400
             */
            keyValidSeconds?: number;
          };
        };
    ProviderPage: {
      /** @description The rows of this page */
      data: components['schemas']['Provider'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    /** @description What its next version says */
    PutTemplateBody: {
      content: components['schemas']['TemplateContentBody'];
      /**
       * @description The `version` that the change is based on; without one it is not asked
       * @example 2
       */
      version?: number;
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
       * @description Dates of the person by their names; instants in UTC
       * @example {
       *       "birthday": "1990-03-10",
       *       "subscription_expires_at": "2027-03-08T14:30:00.000Z"
       *     }
       */
      dates: {
        [key: string]: string;
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
      /**
       * @description Dates of the person by names of your own, which messages may follow: days, days without a year, and instants
       * @default {}
       * @example {
       *       "birthday": "1990-03-10",
       *       "subscription_expires_at": "2027-03-08T14:30:00Z"
       *     }
       */
      dates?: {
        [key: string]: string;
      };
      /**
       * @description Whether the owner has confirmed the e-mail address to you; it then counts as deliverable and is not checked. `false` leaves what is known of the address as it is
       * @default false
       * @example true
       */
      emailConfirmed?: boolean;
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
    RenderedTemplate: {
      /**
       * @description Which version was rendered
       * @example 2
       */
      version: number;
      /** @description What would be sent; null when values are missing */
      content: components['schemas']['Content'] | null;
      /**
       * @description Variables without value and default
       * @example [
       *       "name"
       *     ]
       */
      missing: string[];
    };
    ReplayBody: {
      /**
       * @description Only to this endpoint; default every enabled one that takes its type
       * @example whk_5
       */
      endpoint?: string;
    };
    /** @description Only of kind `report`: what is sent */
    Report: {
      /**
       * @description What is attached: a document by its URL, or a run
       * @example {
       *       "run": "run_42"
       *     }
       */
      source:
        | {
            /**
             * @description Where the document is: `https:`, in the public internet
             * @example https://example.com/reports/november.pdf
             */
            url: string;
          }
        | {
            /**
             * @description A run of yours, as CSV
             * @example run_42
             */
            run: string;
          }
        | {
            /**
             * @description The newest run of a job of yours, as CSV
             * @example job_42
             */
            job: string;
          };
      /**
       * @description Subject of the e-mail
       * @example Your report of November
       */
      subject: string;
      /**
       * @description Text of the e-mail
       * @example Dear {{name}}, here is your report.
       */
      text: string;
      /**
       * @description Name of the attachment
       * @example november.pdf
       */
      fileName: string;
    };
    /**
     * @description What is sent
     * @example {
     *       "source": {
     *         "run": "run_42"
     *       },
     *       "subject": "Your report",
     *       "text": "Dear {{name}}, here it is."
     *     }
     */
    ReportBody: {
      /**
       * @description What is attached: a document by its URL, or a run
       * @example {
       *       "run": "run_42"
       *     }
       */
      source:
        | {
            /**
             * @description Where the document is: `https:`, in the public internet
             * @example https://example.com/reports/november.pdf
             */
            url: string;
          }
        | {
            /**
             * @description A run of yours, as CSV
             * @example run_42
             */
            run: string;
          }
        | {
            /**
             * @description The newest run of a job of yours, as CSV
             * @example job_42
             */
            job: string;
          };
      /**
       * @description Subject of the e-mail; may hold variables
       * @example Your report of November
       */
      subject: string;
      /**
       * @description Text of the e-mail; may hold variables
       * @example Dear {{name}}, here is your report.
       */
      text: string;
      /**
       * @description Name of the attachment; default `report.csv`, or the last part of the URL
       * @example november.pdf
       */
      fileName?: string;
    };
    /** @description A document to be sent by e-mail */
    ReportJobBody: {
      /**
       * @description For people, in lists
       * @example Canteen
       */
      name: string;
      trigger: components['schemas']['TriggerBody'];
      /** @default {} */
      policy?: components['schemas']['PolicyBody'];
      /**
       * @description Whether it also runs at once, besides the moments of its trigger
       * @default false
       * @example false
       */
      runNow?: boolean;
      /**
       * @description Your own id of the user that the job belongs to
       * @example u-1204
       */
      userId?: string;
      /**
       * @description Labels of your own, by which lists can be filtered
       * @example [
       *       "billing"
       *     ]
       */
      tags?: string[];
      notify?: components['schemas']['NotifyBody'];
      /**
       * @description What it does: sends a document by e-mail
       * @example report
       * @constant
       */
      kind: 'report';
      report: components['schemas']['ReportBody'];
      audience: components['schemas']['TargetBody'];
      /**
       * @description Id of one of the account's; default the first for this channel
       * @example pvd_1
       */
      providerAccount?: string;
    };
    Resend: {
      /**
       * @description The new run
       * @example run_57
       */
      run: string;
      /**
       * @description The job
       * @example job_42
       */
      of: string;
      /**
       * @description How many it will be sent to
       * @example 37
       */
      people: number;
    };
    ResendBody: {
      /**
       * @description Which run; the latest of the job when left out. A resend counts to the run that it resends
       * @example run_42
       */
      run?: string;
      /**
       * @description Also whom the provider accepted and reported as failed later, whose outcome a policy gave up, or who was refused after a try without an answer: they may have been told
       * @default false
       * @example false
       */
      includeFailedByReport?: boolean;
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
      /** @description Why there was no run in truth; null of one that was */
      leftOut: {
        /**
         * @description Nothing ran then, or an earlier run was not over
         * @example missed
         * @enum {string}
         */
        reason: 'missed' | 'overlap';
        /**
         * @description How many moments got no run, counted up to 10,000
         * @example 12
         */
        moments: number;
        /**
         * Format: date-time
         * @description The last of them
         * @example 2026-11-21T09:00:00.000Z
         */
        until: string;
      } | null;
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
      /**
       * @description Tries begun so far; null where the run goes to recipients, each of whom has tries of their own
       * @example 1
       */
      attempt: number | null;
      /** @description What its latest try came to; null while there is none */
      result: {
        /**
         * @description Which try, counted from 1
         * @example 1
         */
        try: number;
        /**
         * Format: date-time
         * @description When it was begun
         * @example 2026-11-21T09:00:00.000Z
         */
        startedAt: string;
        /**
         * Format: date-time
         * @description When it had ended
         * @example 2026-11-21T09:00:00.000Z
         */
        endedAt: string;
        /**
         * @description HTTP status of its answer, if it was a call and answered
         * @example 200
         */
        status: number | null;
        /**
         * @description Exit code, if it was a script and ended by itself
         * @example 0
         */
        exitCode: number | null;
        /**
         * @description The beginning of what it answered or printed, at most 3 KB
         * @example done
         */
        output: string | null;
        /**
         * @description The same of what went wrong
         * @example no complete answer within the time-out
         */
        error: string | null;
        /**
         * @description Whether something was left out of these
         * @example false
         */
        truncated: boolean;
      } | null;
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
       * @description Sends begun per second over the last 10 seconds, or since the run is due
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
    RunReasons: {
      /**
       * @description Id of the run
       * @example run_7
       */
      run: string;
      /** @description The most frequent first; together all deliveries of the run */
      reasons: {
        /**
         * @description The state
         * @example skipped
         * @enum {string}
         */
        state: 'scheduled' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'skipped' | 'cancelled';
        /**
         * @description The last error, or why it was skipped; null for none
         * @example suppressed
         */
        code: string | null;
        /**
         * @description How many deliveries
         * @example 12
         */
        count: number;
      }[];
    };
    /** @description Only of kind `script`: what is run */
    Script: {
      /**
       * @description What it is written in
       * @example python
       * @enum {string}
       */
      language: 'python' | 'javascript';
      /**
       * @description Names its source, which `GET /v1/scripts/{sha256}` shows
       * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
       */
      sha256: string;
      /**
       * @description The JSON that it reads
       * @example {
       *       "month": "2026-11"
       *     }
       */
      parameters: unknown;
    };
    ScriptSource: {
      /**
       * @description Names it
       * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
       */
      sha256: string;
      /**
       * @description What it is written in
       * @example python
       * @enum {string}
       */
      language: 'python' | 'javascript';
      /**
       * @description The program
       * @example print("hello")
       */
      source: string;
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
        channel?: 'whatsapp' | 'email' | 'webhook' | 'email_check' | 'call' | 'payment' | 'script';
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
    Status: {
      /**
       * @description Whether this is the account's own view, or everybody's (keys of an operator account)
       * @example account
       * @enum {string}
       */
      scope: 'account' | 'installation';
      /**
       * Format: date-time
       * @description The database's time
       * @example 2026-11-20T09:00:07.000Z
       */
      at: string;
      /**
       * @description Nothing needs anybody
       * @example true
       */
      healthy: boolean;
      /**
       * @description `problem` with a critical reason, `attention` with a warning, else `ok`
       * @example ok
       * @enum {string}
       */
      level: 'ok' | 'attention' | 'problem';
      /** @description Why not, or what is good to know; the most urgent first */
      reasons: {
        /**
         * @description Stable name of the reason
         * @example late
         */
        code: string;
        /**
         * @description `critical`: something due does not happen; `warning`: somebody should look; `notice`: good to know, and well
         * @example warning
         * @enum {string}
         */
        severity: 'critical' | 'warning' | 'notice';
        /**
         * @description What is the matter
         * @example WhatsApp is late: 1,204 deliveries are due and nobody began with them; the oldest was due 45 s ago.
         */
        summary: string;
        /**
         * @description What to do about it
         * @example See that senders run and reach Redis; if they do and are busy, add senders.
         */
        action: string;
        /**
         * @description Where it is explained
         * @example docs/operations.md#carillonlate
         */
        docs: string;
      }[];
      /** @description What waits in each channel, and what was sent of late */
      channels: {
        /**
         * @description The channel
         * @example whatsapp
         * @enum {string}
         */
        channel: 'whatsapp' | 'email' | 'webhook' | 'email_check' | 'call' | 'payment' | 'script';
        /** @description What is due, in no sender's hands, and neither paused nor held */
        due: {
          /**
           * @description Due and not begun
           * @example 0
           */
          deliveries: number;
          /**
           * @description The batches that they are in
           * @example 0
           */
          batches: number;
          /**
           * @description How long ago the oldest was due, in seconds; null when there is none
           * @example null
           */
          oldestSeconds: number | null;
          /**
           * @description Whether there may be more than were looked at
           * @example false
           */
          more: boolean;
        };
        /** @description Of the due, what no sender works towards; the rest of a run that is being sent is not late */
        late: {
          /**
           * @description Late deliveries
           * @example 0
           */
          deliveries: number;
          /**
           * @description How long ago the oldest was due, in seconds; null when there is none
           * @example null
           */
          oldestSeconds: number | null;
        };
        /**
         * @description Due deliveries that a hold keeps back
         * @example 0
         */
        held: number;
        /** @description Of the late, enqueued long ago: their wake-ups wait, or Redis does not know them any more */
        missing: {
          /**
           * @description Batches
           * @example 0
           */
          batches: number;
          /**
           * @description How long ago the oldest was enqueued, in seconds; null when there is none
           * @example null
           */
          oldestSeconds: number | null;
        };
        /**
         * @description Deliveries whose outcome nobody knows
         * @example 3
         */
        unknown: number;
        /** @description What was sent in the last minutes; null when nothing was, and for a single account, since senders measure all accounts together */
        series: {
          /**
           * @description How much time each moment stands for
           * @example 10
           */
          stepSeconds: number;
          /** @description The last ten minutes, in order and without gaps */
          moments: {
            /**
             * Format: date-time
             * @description Begin of the moment
             * @example 2026-11-20T09:00:00.000Z
             */
            at: string;
            /**
             * @description Messages that a provider accepted
             * @example 400
             */
            accepted: number;
            /**
             * @description Refused for good, or out of attempts
             * @example 0
             */
            failed: number;
            /**
             * @description Outcomes that nobody knows
             * @example 0
             */
            unknown: number;
            /**
             * @description Tries that are made again
             * @example 2
             */
            retried: number;
            /**
             * @description Accepted messages a second
             * @example 40
             */
            perSecond: number;
            /**
             * @description Due to accepted, half of them within, in ms
             * @example 180
             */
            p50Ms: number | null;
            /**
             * @description Due to accepted, 99 % of them within, in ms
             * @example 940
             */
            p99Ms: number | null;
          }[];
        } | null;
      }[];
      /**
       * @description Runs that are not completed
       * @example 1
       */
      openRuns: number;
      /** @description The largest and eldest of them, at most 20 */
      runs: {
        /**
         * @description The run
         * @example run_42
         */
        id: string;
        /**
         * @description Its job
         * @example job_7
         */
        jobId: string;
        /**
         * @description The job's name
         * @example Flu vaccination on Friday
         */
        jobName: string;
        /**
         * @description Whose it is
         * @example Harbour Clinics
         */
        account: string;
        /**
         * @description The channel
         * @example whatsapp
         * @enum {string}
         */
        channel: 'whatsapp' | 'email' | 'webhook' | 'email_check' | 'call' | 'payment' | 'script';
        /**
         * @description How far it is
         * @example sending
         * @enum {string}
         */
        state: 'planned' | 'expanding' | 'sending' | 'completed';
        /**
         * @description Whether it is paused
         * @example false
         */
        paused: boolean;
        /**
         * @description Why a sender paused it
         * @example null
         */
        pauseReason: string | null;
        /**
         * @description Whether it was cancelled
         * @example false
         */
        cancelled: boolean;
        /**
         * Format: date-time
         * @description When it is due
         * @example 2026-11-20T09:00:00.000Z
         */
        dueAt: string;
        /**
         * @description Deliveries planned so far
         * @example 600
         */
        size: number;
        /** @description Its deliveries by state */
        counts: {
          /**
           * @description Waiting
           * @example 441
           */
          scheduled: number;
          /**
           * @description On their way
           * @example 0
           */
          sending: number;
          /**
           * @description Accepted by the provider
           * @example 159
           */
          sent: number;
          /**
           * @description Reported as delivered
           * @example 0
           */
          delivered: number;
          /**
           * @description Failed for good
           * @example 0
           */
          failed: number;
          /**
           * @description Outcome not known
           * @example 0
           */
          unknown: number;
          /**
           * @description Left out for a reason
           * @example 0
           */
          skipped: number;
          /**
           * @description Cancelled
           * @example 0
           */
          cancelled: number;
        };
        /**
         * @description Share of the deliveries that are settled; null while it is expanded
         * @example 0.26
         */
        progress: number | null;
        /**
         * @description Deliveries a second, on average since it began
         * @example 36.2
         */
        perSecond: number | null;
        /**
         * Format: date-time
         * @description When it ends at that pace; null when that cannot be told
         * @example 2026-11-20T09:00:00.000Z
         */
        finishAt: string | null;
      }[];
      /** @description What stops sending on purpose */
      holds: {
        /**
         * @description The hold
         * @example hld_3
         */
        id: string;
        /**
         * @description Whom it concerns
         * @example account
         * @enum {string}
         */
        scope: 'account' | 'installation';
        /**
         * @description The channel; null is every channel
         * @example null
         * @enum {string|null}
         */
        channel: 'whatsapp' | 'email' | 'webhook' | 'email_check' | 'call' | 'payment' | 'script' | null;
        /**
         * @description Why it was placed
         * @example The announcement has a wrong date
         */
        reason: string;
        /**
         * Format: date-time
         * @description Since when
         * @example 2026-11-20T08:55:00.000Z
         */
        since: string;
      }[];
      /**
       * @description Channels whose senders are not woken
       * @example []
       */
      pausedQueues: ('whatsapp' | 'email' | 'webhook' | 'email_check' | 'call' | 'payment' | 'script')[];
      /** @description Repairs within the hour; told to operator accounts only */
      rescues: {
        /**
         * @description What was repaired
         * @example lease
         */
        kind: string;
        /**
         * @description How many
         * @example 4
         */
        rows: number;
        /**
         * Format: date-time
         * @description The last time
         * @example 2026-11-20T08:41:00.000Z
         */
        lastAt: string;
      }[];
      /**
       * Format: date-time
       * @description When Redis was last found without its data; told to operator accounts only
       * @example 2026-11-20T09:00:00.000Z
       */
      redisLostAt: string | null;
      /**
       * Format: date-time
       * @description When the database was restored from a backup
       * @example 2026-11-20T09:00:00.000Z
       */
      restoredAt: string | null;
      /**
       * Format: date-time
       * @description When that was settled; until then nothing is released
       * @example 2026-11-20T09:00:00.000Z
       */
      restoreSettledAt: string | null;
    };
    Suppression: {
      /**
       * @description Id of the suppression
       * @example sup_7
       */
      id: string;
      /**
       * @description The channel by which the address is not written to
       * @example email
       * @enum {string}
       */
      channel: 'whatsapp' | 'email';
      /**
       * @description The address; null when it is not known, or was erased with its recipient: the suppression holds on
       * @example dilara.peters@example.com
       */
      address: string | null;
      /**
       * @description Why: the person `unsubscribed`, the provider `refused` the address for good, the person `complained`, or the account said so (`manual`)
       * @example unsubscribed
       * @enum {string}
       */
      reason: 'unsubscribed' | 'refused' | 'complained' | 'manual';
      /**
       * @description Who said so: `link`, `reply`, `provider`, `api`, `import`, or what you named
       * @example link
       */
      source: string;
      /**
       * Format: date-time
       * @description Since when
       * @example 2026-11-20T09:00:00.000Z
       */
      createdAt: string;
    };
    SuppressionBody: {
      /**
       * @description The channel by which the address is not written to
       * @example email
       * @enum {string}
       */
      channel: 'whatsapp' | 'email';
      /**
       * @description Phone number or e-mail address, in any usual spelling; a number is read by the account's country
       * @example Dilara.Peters@example.com
       */
      address: string;
      /**
       * @description Why: the person `unsubscribed`, the provider `refused` the address for good, the person `complained`, or the account said so (`manual`)
       * @default manual
       * @example manual
       * @enum {string}
       */
      reason?: 'unsubscribed' | 'refused' | 'complained' | 'manual';
      /**
       * @description Where you know it from, such as a form or a list; hold no address here
       * @default api
       * @example api
       */
      source?: string;
    };
    SuppressionImport: {
      /**
       * @description Lines with data, without header and blank lines
       * @example 5000
       */
      read: number;
      /**
       * @description Addresses that are suppressed since
       * @example 4812
       */
      added: number;
      /**
       * @description Lines whose address was suppressed before, or by an earlier line
       * @example 187
       */
      standing: number;
      /**
       * @description Lines that were not kept
       * @example 1
       */
      bad: number;
      /** @description The first 100 bad lines, in the order of the file */
      errors: components['schemas']['SuppressionImportError'][];
    };
    SuppressionImportError: {
      /**
       * @description Number of the line, counted from 1
       * @example 12
       */
      line: number;
      /**
       * @description Why it was not kept
       * @example invalid_email
       */
      code: string;
      /**
       * @description The value at fault
       * @example address
       */
      field: string | null;
      /**
       * @description What is wrong with it
       * @example It is no usable e-mail address: domain.
       */
      detail: string;
    };
    SuppressionPage: {
      /** @description The rows of this page */
      data: components['schemas']['Suppression'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
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
    Template: {
      /**
       * @description Id of the template
       * @example tpl_3
       */
      id: string;
      /**
       * @description Unique within the account
       * @example Canteen
       */
      name: string;
      /**
       * @description The channel that it is for; it stays so
       * @example whatsapp
       * @enum {string}
       */
      channel: 'whatsapp' | 'email';
      /**
       * @description The newest version
       * @example 2
       */
      version: number;
      content: components['schemas']['Content'];
      /**
       * @description Variables that a recipient must have a value for
       * @example [
       *       "name"
       *     ]
       */
      variables: string[];
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
    /**
     * @description What it says
     * @example {
     *       "text": "Dear {{name}}, the canteen opens at eleven today."
     *     }
     */
    TemplateContentBody: {
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
    };
    TemplatePage: {
      /** @description The rows of this page */
      data: components['schemas']['Template'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    TemplateVersion: {
      /**
       * @description Id of the template
       * @example tpl_3
       */
      template: string;
      /**
       * @description Which version
       * @example 1
       */
      version: number;
      content: components['schemas']['Content'];
      /**
       * @description Variables that a recipient must have a value for
       * @example [
       *       "name"
       *     ]
       */
      variables: string[];
      /**
       * Format: date-time
       * @description When it was stored
       * @example 2026-11-21T09:00:00.000Z
       */
      createdAt: string;
      /**
       * @description Who stored it
       * @example key_1
       */
      createdBy: string;
    };
    TemplateVersionPage: {
      /** @description The rows of this page */
      data: components['schemas']['TemplateVersion'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    TestAnswer: {
      /**
       * @description The hidden job that sends the test
       * @example job_43
       */
      job: string;
      /** @description One per address that can be written to */
      deliveries: components['schemas']['Delivery'][];
    };
    /** @description Where to send a test */
    TestJobBody: {
      /**
       * @description Phone numbers, or e-mail addresses, by channel
       * @example [
       *       "+49 151 1020 0034"
       *     ]
       */
      addresses: string[];
      /**
       * @description `externalId` of a recipient whose name and attributes fill the variables
       * @example E-0042
       */
      as?: string;
    };
    /** @description When it runs */
    Trigger: {
      /**
       * @description The kind of trigger
       * @example at
       * @enum {string}
       */
      type: 'now' | 'at' | 'local' | 'date' | 'cron' | 'every';
      /**
       * @description The instant, the local wall time, or the time of day of a date
       * @example 2026-11-21T09:00:00.000Z
       */
      at?: string;
      /**
       * @description The wall time that was asked for
       * @example 2026-11-21T10:00
       */
      wallTime?: string;
      /**
       * @description Its zone; `recipient` is the own of each
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
      /**
       * @description Name of the recipients' date
       * @example birthday
       */
      date?: string;
      /**
       * @description When, in days from the date
       * @example [
       *       "-P3D",
       *       "-P1D"
       *     ]
       */
      offsets?: string[];
      /**
       * @description Every year, or once for each value
       * @example yearly
       * @enum {string}
       */
      repeat?: 'yearly' | 'once';
      /**
       * @description When 29 February is told of in years without one
       * @example feb28
       * @enum {string}
       */
      feb29?: 'feb28' | 'mar1';
      /**
       * @description What becomes of a message whose moment is over
       * @example {
       *       "until": "20:00"
       *     }
       */
      lateness?:
        | ('send' | 'skip')
        | {
            /**
             * @description Seconds after the moment at most
             * @example 7200
             */
            within: number;
          }
        | {
            /**
             * @description Time of the same day
             * @example 20:00
             */
            until: string;
          };
      /**
       * @description The cron expression
       * @example 0 9 * * MON-FRI
       */
      expression?: string;
      /**
       * @description The interval: seconds, or an ISO 8601 duration
       * @example PT15M
       */
      interval?: string | number;
      /**
       * Format: date-time
       * @description What intervals are counted from
       * @example 2026-11-21T09:00:00.000Z
       */
      anchor?: string;
      /**
       * Format: date-time
       * @description No run before this
       * @example 2026-11-21T09:00:00.000Z
       */
      startsAt?: string;
      /**
       * Format: date-time
       * @description No run after this
       * @example 2027-11-21T09:00:00.000Z
       */
      endsAt?: string;
      /**
       * @description The most runs that it makes
       * @example 12
       */
      maxOccurrences?: number;
      /**
       * @description What becomes of moments that went by
       * @example once
       * @enum {string}
       */
      missed?: 'skip' | 'once' | 'all';
      /**
       * @description The most runs that are made up for, or wait
       * @example 100
       */
      missedLimit?: number;
      /**
       * @description What becomes of a moment while an earlier run is not over
       * @example allow
       * @enum {string}
       */
      overlap?: 'allow' | 'skip' | 'queue';
      /**
       * @description By up to how many seconds a run is later than its moment
       * @example 300
       */
      jitter?: number;
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
        }
      | {
          /**
           * @description Days around a date of each recipient
           * @example date
           * @constant
           */
          type: 'date';
          /**
           * @description Name of the recipients' date
           * @example birthday
           */
          date: string;
          /**
           * @description When, in days from the date; at most ten
           * @default [
           *       "P0D"
           *     ]
           * @example [
           *       "-P3D",
           *       "-P1D"
           *     ]
           */
          offsets?: string[];
          /**
           * @description Time of day, HH:MM
           * @example 09:00
           */
          at: string;
          /**
           * @description Whose time of day: `recipient` is the own of each, else a zone
           * @default recipient
           * @example recipient
           */
          zone?: 'recipient' | string;
          /**
           * @description On the day of every year, or once for each value of the date
           * @example yearly
           * @enum {string}
           */
          repeat: 'yearly' | 'once';
          /**
           * @description When 29 February is told of in years without one
           * @default feb28
           * @example feb28
           * @enum {string}
           */
          feb29?: 'feb28' | 'mar1';
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
          /**
           * @description What becomes of a message whose moment is over: `send` it all the same, `skip` it when it is more than 5 minutes late, or send it `within` a time or `until` a time of day
           * @default send
           * @example {
           *       "until": "20:00"
           *     }
           */
          lateness?:
            | ('send' | 'skip')
            | {
                /**
                 * @description So long after the moment at most: seconds, or an ISO 8601 duration up to 30 days
                 * @example PT2H
                 */
                within: string | number;
              }
            | {
                /**
                 * @description Time of the same day, in the same zone
                 * @example 20:00
                 */
                until: string;
              };
        }
      | {
          /**
           * @description Again and again, by a cron expression
           * @example cron
           * @constant
           */
          type: 'cron';
          /**
           * @description Minute, hour, day of month, month, day of week; or six fields with a second before them. Names, lists, ranges, steps, `L`, `L-2`, `5L` and `5#2` are understood
           * @example 0 9 * * MON-FRI
           */
          expression: string;
          /**
           * @description What becomes of a wall time that clocks skip; default `later`, or `skip` where the hour of the expression begins with `*`
           * @example later
           * @enum {string}
           */
          gap?: 'later' | 'earlier' | 'skip';
          /**
           * @description In which pass of a wall time that clocks repeat; default `first`, or `both` where the hour of the expression begins with `*`
           * @example first
           * @enum {string}
           */
          repeated?: 'first' | 'second' | 'both';
          /**
           * @description By whose clocks; default the account's zone
           * @example Europe/Berlin
           */
          zone?: string;
          /**
           * @description No run before this; included
           * @example 2026-11-21T09:00:00Z
           */
          startsAt?: string;
          /**
           * @description No run after this; included
           * @example 2027-11-21T09:00:00Z
           */
          endsAt?: string;
          /**
           * @description The most runs that it makes; moments that are left out do not count
           * @example 12
           */
          maxOccurrences?: number;
          /**
           * @description What becomes of moments that went by while nothing ran or the job was paused: nothing, one run for them all, or a run each
           * @default once
           * @example once
           * @enum {string}
           */
          missed?: 'skip' | 'once' | 'all';
          /**
           * @description The most runs that `all` makes up for, or that wait by `queue`; the latest ones
           * @default 100
           * @example 100
           */
          missedLimit?: number;
          /**
           * @description What becomes of a moment that comes while an earlier run of the job is not over: its run begins all the same, is left out, or waits
           * @default allow
           * @example allow
           * @enum {string}
           */
          overlap?: 'allow' | 'skip' | 'queue';
          /**
           * @description By up to how much a run is later than its moment, at random, but always before the next moment: seconds, or an ISO 8601 duration
           * @example PT5M
           */
          jitter?: string | number;
        }
      | {
          /**
           * @description Again and again, at an interval
           * @example every
           * @constant
           */
          type: 'every';
          /**
           * @description Whole seconds, or an ISO 8601 duration, whose years, months, weeks and days are those of the calendar in `zone`. Counted from `startsAt`, which is itself a moment; without it from when the job is created
           * @example PT15M
           */
          interval: string | number;
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
           * @description By whose clocks; default the account's zone
           * @example Europe/Berlin
           */
          zone?: string;
          /**
           * @description No run before this; included
           * @example 2026-11-21T09:00:00Z
           */
          startsAt?: string;
          /**
           * @description No run after this; included
           * @example 2027-11-21T09:00:00Z
           */
          endsAt?: string;
          /**
           * @description The most runs that it makes; moments that are left out do not count
           * @example 12
           */
          maxOccurrences?: number;
          /**
           * @description What becomes of moments that went by while nothing ran or the job was paused: nothing, one run for them all, or a run each
           * @default once
           * @example once
           * @enum {string}
           */
          missed?: 'skip' | 'once' | 'all';
          /**
           * @description The most runs that `all` makes up for, or that wait by `queue`; the latest ones
           * @default 100
           * @example 100
           */
          missedLimit?: number;
          /**
           * @description What becomes of a moment that comes while an earlier run of the job is not over: its run begins all the same, is left out, or waits
           * @default allow
           * @example allow
           * @enum {string}
           */
          overlap?: 'allow' | 'skip' | 'queue';
          /**
           * @description By up to how much a run is later than its moment, at random, but always before the next moment: seconds, or an ISO 8601 duration
           * @example PT5M
           */
          jitter?: string | number;
        };
    VerdictsAnswer: {
      /**
       * @description Addresses whose verdict was stored
       * @example 998
       */
      stored: number;
      /**
       * @description Addresses that stayed as they were: confirmed by their owner, or with a newer verdict of yours
       * @example 1
       */
      kept: number;
      /**
       * @description Items that were not taken
       * @example 1
       */
      bad: number;
      /** @description The items that were not taken */
      errors: {
        /**
         * @description Place in the list, counted from 0
         * @example 12
         */
        index: number;
        /**
         * @description Why it was not taken
         * @example invalid_email
         */
        code: string;
        /**
         * @description The value at fault
         * @example address
         */
        field: string | null;
        /**
         * @description What is wrong with it
         * @example It is no usable e-mail address: domain.
         */
        detail: string;
      }[];
    };
    VerdictsBody: {
      /**
       * @description At most 1000, each an object of `address`, `verdict` (`deliverable`, `undeliverable` or `risky`) and perhaps `reason`, `at` and `validUntil`
       * @example [
       *       {
       *         "address": "dilara.peters@example.com",
       *         "verdict": "undeliverable",
       *         "reason": "bounced"
       *       }
       *     ]
       */
      verdicts: unknown[];
    };
    Webhook: {
      /**
       * @description Id of the endpoint
       * @example whk_5
       */
      id: string;
      /**
       * @description Where notices are posted
       * @example https://example.com/hooks
       */
      url: string;
      /**
       * @description Of which events it is told; `*` is all
       * @example [
       *       "run.completed",
       *       "run.failures"
       *     ]
       */
      events: string[];
      /**
       * @description A note of your own
       * @example The intranet, by the web team
       */
      description: string;
      /**
       * @description Whether notices are sent to it
       * @example true
       */
      enabled: boolean;
      /**
       * Format: date-time
       * @description When it was switched off; null when it is on
       * @example null
       */
      disabledAt: string | null;
      /**
       * @description Why it was switched off: `gone` after a 410, or by whom
       * @example null
       */
      disabledReason: string | null;
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
    WebhookBody: {
      /**
       * @description Where notices are posted: `https:`, in the public internet
       * @example https://example.com/hooks
       */
      url: string;
      /**
       * @description Of which events it is told; `*` is all, those of later versions too
       * @example [
       *       "run.completed",
       *       "run.failures"
       *     ]
       */
      events: (
        | '*'
        | 'run.started'
        | 'run.completed'
        | 'run.paused'
        | 'run.failures'
        | 'run.unknown'
        | 'run.late'
        | 'run.failed'
        | 'job.cancelled'
        | 'job.completed'
        | 'payment.refused'
        | 'suppression.added'
      )[];
      /**
       * @description A note of your own
       * @default
       * @example The intranet, by the web team
       */
      description?: string;
    };
    WebhookChange: {
      /**
       * @description Where notices are posted: `https:`, in the public internet
       * @example https://example.com/hooks
       */
      url?: string;
      /**
       * @description Of which events it is told; `*` is all, those of later versions too
       * @example [
       *       "run.completed",
       *       "run.failures"
       *     ]
       */
      events?: (
        | '*'
        | 'run.started'
        | 'run.completed'
        | 'run.paused'
        | 'run.failures'
        | 'run.unknown'
        | 'run.late'
        | 'run.failed'
        | 'job.cancelled'
        | 'job.completed'
        | 'payment.refused'
        | 'suppression.added'
      )[];
      /**
       * @description A note of your own
       * @example The intranet, by the web team
       */
      description?: string;
      /**
       * @description True switches it on again, after a 410 for one; false switches it off
       * @example true
       */
      enabled?: boolean;
    };
    /** @description A URL to be called */
    WebhookJobBody: {
      /**
       * @description For people, in lists
       * @example Canteen
       */
      name: string;
      trigger: components['schemas']['TriggerBody'];
      /** @default {} */
      policy?: components['schemas']['PolicyBody'];
      /**
       * @description Whether it also runs at once, besides the moments of its trigger
       * @default false
       * @example false
       */
      runNow?: boolean;
      /**
       * @description Your own id of the user that the job belongs to
       * @example u-1204
       */
      userId?: string;
      /**
       * @description Labels of your own, by which lists can be filtered
       * @example [
       *       "billing"
       *     ]
       */
      tags?: string[];
      notify?: components['schemas']['NotifyBody'];
      /**
       * @description What it does: calls a URL
       * @example webhook
       * @constant
       */
      kind: 'webhook';
      webhook: components['schemas']['CallBody'];
    };
    WebhookPage: {
      /** @description The rows of this page */
      data: components['schemas']['Webhook'][];
      /**
       * @description `cursor` of the next page; null on the last one
       * @example WyJqb2JzLyIsNDJd
       */
      nextCursor: string | null;
    };
    WebhookRotation: {
      /**
       * @description How long the secrets that sign now go on signing beside the new one; 0 ends them at once
       * @default 86400
       * @example 86400
       */
      overlapSeconds?: number;
    };
    WebhookWithSecret: {
      /**
       * @description Id of the endpoint
       * @example whk_5
       */
      id: string;
      /**
       * @description Where notices are posted
       * @example https://example.com/hooks
       */
      url: string;
      /**
       * @description Of which events it is told; `*` is all
       * @example [
       *       "run.completed",
       *       "run.failures"
       *     ]
       */
      events: string[];
      /**
       * @description A note of your own
       * @example The intranet, by the web team
       */
      description: string;
      /**
       * @description Whether notices are sent to it
       * @example true
       */
      enabled: boolean;
      /**
       * Format: date-time
       * @description When it was switched off; null when it is on
       * @example null
       */
      disabledAt: string | null;
      /**
       * @description Why it was switched off: `gone` after a 410, or by whom
       * @example null
       */
      disabledReason: string | null;
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
      /**
       * @description Signs its notices. Shown here and never again: keep it.
       * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=
       */
      secret: string;
    };
    WhatsappProviderAccountsCallbacksAnswer: {
      /**
       * @description Statuses and replies that were ours
       * @example 1
       */
      received: number;
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
     * @description Requests that the key may make in a second
     * @example 1000
     */
    'RateLimit-Limit': number;
    /**
     * @description Requests left in it
     * @example 999
     */
    'RateLimit-Remaining': number;
    /**
     * @description Seconds until the window begins anew
     * @example 1
     */
    'RateLimit-Reset': number;
    /**
     * @description The limit and its window in seconds
     * @example 1000;w=1
     */
    'RateLimit-Policy': string;
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *       "dates": {
           *         "birthday": "1990-03-10",
           *         "subscription_expires_at": "2027-03-08T14:30:00.000Z"
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
         *       },
         *       "dates": {
         *         "birthday": "1990-03-10",
         *         "subscription_expires_at": "2027-03-08T14:30:00Z"
         *       },
         *       "emailConfirmed": true
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *       "dates": {
           *         "birthday": "1990-03-10",
           *         "subscription_expires_at": "2027-03-08T14:30:00.000Z"
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *       "dates": {
           *         "birthday": "1990-03-10",
           *         "subscription_expires_at": "2027-03-08T14:30:00.000Z"
           *       },
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Recipient'];
        };
      };
      /** @description `invalid_phone`: The phone number is not valid; `invalid_email`: The e-mail address is not valid; `invalid_zone`: The time zone is not known; `invalid_date`: The date is not valid; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *           "dates": {
           *             "birthday": "1990-03-10",
           *             "subscription_expires_at": "2027-03-08T14:30:00.000Z"
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
  putRecipientDate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Your own id of the person, such as E-0042
         * @example E-0042
         */
        externalId: string;
        /**
         * @description Name of the date: small letters, digits and _, such as birthday
         * @example birthday
         */
        name: string;
      };
      cookie?: never;
    };
    /** @description What `putRecipientDate` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "value": "1990-03-10"
         *     }
         */
        'application/json': components['schemas']['DateBody'];
      };
    };
    responses: {
      /** @description Set */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid_date`: The date is not valid; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
  deleteRecipientDate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Your own id of the person, such as E-0042
         * @example E-0042
         */
        externalId: string;
        /**
         * @description Name of the date: small letters, digits and _, such as birthday
         * @example birthday
         */
        name: string;
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *           "dates": {
           *             "birthday": "1990-03-10",
           *             "subscription_expires_at": "2027-03-08T14:30:00.000Z"
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
  listTemplates: {
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
         * @description Only of this channel
         * @example whatsapp
         */
        channel?: 'whatsapp' | 'email';
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "tpl_3",
           *           "name": "Canteen",
           *           "channel": "whatsapp",
           *           "version": 2,
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
           *           "variables": [
           *             "name"
           *           ],
           *           "createdAt": "2026-11-21T09:00:00.000Z",
           *           "updatedAt": "2026-11-21T09:00:00.000Z"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['TemplatePage'];
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
  createTemplate: {
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
    /** @description What `createTemplate` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Canteen",
         *       "channel": "whatsapp",
         *       "content": {
         *         "text": "Dear {{name}}, the canteen opens at eleven today."
         *       }
         *     }
         */
        'application/json': components['schemas']['CreateTemplateBody'];
      };
    };
    responses: {
      /** @description Stored, in its first version */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "tpl_3",
           *       "name": "Canteen",
           *       "channel": "whatsapp",
           *       "version": 2,
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
           *       "variables": [
           *         "name"
           *       ],
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Template'];
        };
      };
      /** @description `invalid_email`: The e-mail address is not valid; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON; `idempotency_key_required`: An Idempotency-Key is required here; `idempotency_key_invalid`: The Idempotency-Key is not usable */
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
      /** @description `name_taken`: The name is taken; `idempotency_in_progress`: A request with this Idempotency-Key is still at work */
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
  getTemplate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The template, such as tpl_3
         * @example tpl_3
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The template */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "tpl_3",
           *       "name": "Canteen",
           *       "channel": "whatsapp",
           *       "version": 2,
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
           *       "variables": [
           *         "name"
           *       ],
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Template'];
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
  replaceTemplate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The template, such as tpl_3
         * @example tpl_3
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `replaceTemplate` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "content": {
         *         "text": "Dear {{name}}, the canteen opens at eleven today."
         *       },
         *       "version": 2
         *     }
         */
        'application/json': components['schemas']['PutTemplateBody'];
      };
    };
    responses: {
      /** @description The template in its newest version */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "tpl_3",
           *       "name": "Canteen",
           *       "channel": "whatsapp",
           *       "version": 2,
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
           *       "variables": [
           *         "name"
           *       ],
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Template'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `invalid_email`: The e-mail address is not valid; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
      /** @description `version_conflict`: It was changed in the meantime */
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
  deleteTemplate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The template, such as tpl_3
         * @example tpl_3
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
  listTemplateVersions: {
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
         * @description The template, such as tpl_3
         * @example tpl_3
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of versions */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "template": "tpl_3",
           *           "version": 1,
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
           *           "variables": [
           *             "name"
           *           ],
           *           "createdAt": "2026-11-21T09:00:00.000Z",
           *           "createdBy": "key_1"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['TemplateVersionPage'];
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
  getTemplateVersion: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The template, such as tpl_3
         * @example tpl_3
         */
        id: string;
        /**
         * @description Its number, such as 1
         * @example 1
         */
        version: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The version */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "template": "tpl_3",
           *       "version": 1,
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
           *       "variables": [
           *         "name"
           *       ],
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "createdBy": "key_1"
           *     }
           */
          'application/json': components['schemas']['TemplateVersion'];
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
  previewTemplate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The template, such as tpl_3
         * @example tpl_3
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `previewTemplate` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "version": 2,
         *       "recipient": "E-0042",
         *       "values": {
         *         "name": "Dilara"
         *       }
         *     }
         */
        'application/json': components['schemas']['PreviewTemplateBody'];
      };
    };
    responses: {
      /** @description What would be sent, or what is missing */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "version": 2,
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
           *       "missing": [
           *         "name"
           *       ]
           *     }
           */
          'application/json': components['schemas']['RenderedTemplate'];
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
      /** @description `unknown_recipient`: There is no such recipient; `unknown_template`: There is no such template */
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
        /**
         * @description Only of this channel
         * @example email
         */
        channel?: 'whatsapp' | 'email' | 'call' | 'payment' | 'script';
        /**
         * @description Only those whose name begins so; case matters
         * @example Cant
         */
        name?: string;
        /**
         * @description Only those that name this audience
         * @example aud_1
         */
        audience?: string;
        /**
         * @description Only those created then or later
         * @example 2026-11-21T09:00:00Z
         */
        createdAfter?: string;
        /**
         * @description Only those created before
         * @example 2026-11-21T09:00:00Z
         */
        createdBefore?: string;
        /**
         * @description Only those about this moment or a later one
         * @example 2026-11-21T09:00:00Z
         */
        plannedAfter?: string;
        /**
         * @description Only those about an earlier moment
         * @example 2026-11-21T09:00:00Z
         */
        plannedBefore?: string;
        /**
         * @description Only those whose next run is then or later
         * @example 2026-11-21T09:00:00Z
         */
        nextRunAfter?: string;
        /**
         * @description Only those whose next run is before
         * @example 2026-11-21T09:00:00Z
         */
        nextRunBefore?: string;
        /**
         * @description Only jobs of this user of yours
         * @example u-1204
         */
        userId?: string;
        /**
         * @description Only those with this tag
         * @example billing
         */
        tag?: string;
        /**
         * @description Only jobs of this kind; `test` is the tests of messages
         * @example message
         */
        kind?: 'message' | 'webhook' | 'payment' | 'report' | 'script' | 'test';
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *           "userId": "u-1204",
           *           "tags": [
           *             "billing"
           *           ],
           *           "notify": {
           *             "webhook": "https://example.com/told"
           *           },
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
           *           "webhook": {
           *             "url": "https://example.com/nightly",
           *             "method": "POST",
           *             "headerNames": [
           *               "x-team"
           *             ],
           *             "body": {
           *               "report": "nightly"
           *             }
           *           },
           *           "payment": {
           *             "sender": "acct_1204",
           *             "receiver": "acct_77",
           *             "amount": 1250,
           *             "currency": "EUR",
           *             "description": "Rent"
           *           },
           *           "report": {
           *             "source": {
           *               "run": "run_42"
           *             },
           *             "subject": "Your report of November",
           *             "text": "Dear {{name}}, here is your report.",
           *             "fileName": "november.pdf"
           *           },
           *           "script": {
           *             "language": "python",
           *             "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *             "parameters": {
           *               "month": "2026-11"
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
           *             "missingZone": "Europe/Berlin",
           *             "date": "birthday",
           *             "offsets": [
           *               "-P3D",
           *               "-P1D"
           *             ],
           *             "repeat": "yearly",
           *             "feb29": "feb28",
           *             "lateness": {
           *               "until": "20:00"
           *             },
           *             "expression": "0 9 * * MON-FRI",
           *             "interval": "PT15M",
           *             "anchor": "2026-11-21T09:00:00.000Z",
           *             "startsAt": "2026-11-21T09:00:00.000Z",
           *             "endsAt": "2027-11-21T09:00:00.000Z",
           *             "maxOccurrences": 12,
           *             "missed": "once",
           *             "missedLimit": 100,
           *             "overlap": "allow",
           *             "jitter": 300
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
           *             "lateAfter": 60,
           *             "unknown": {
           *               "action": "hold",
           *               "after": 3600
           *             },
           *             "dedupeBy": "address",
           *             "quietHours": "respect",
           *             "addressCheck": {
           *               "ahead": 172800,
           *               "wait": 3600,
           *               "risky": "send",
           *               "unknown": "skip"
           *             }
           *           },
           *           "addressChecks": {
           *             "confirmed": 120,
           *             "deliverable": 830,
           *             "undeliverable": 31,
           *             "risky": 12,
           *             "unknown": 3,
           *             "pending": 4,
           *             "unasked": 0,
           *             "blocked": null
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
      /** @description `invalid_cursor`: The cursor is not one of ours; `invalid_id`: The id is not of the right form; `invalid_instant`: The instant is not valid; `validation_failed`: The request is not valid */
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *       "userId": "u-1204",
           *       "tags": [
           *         "billing"
           *       ],
           *       "notify": {
           *         "webhook": "https://example.com/told"
           *       },
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
           *       "webhook": {
           *         "url": "https://example.com/nightly",
           *         "method": "POST",
           *         "headerNames": [
           *           "x-team"
           *         ],
           *         "body": {
           *           "report": "nightly"
           *         }
           *       },
           *       "payment": {
           *         "sender": "acct_1204",
           *         "receiver": "acct_77",
           *         "amount": 1250,
           *         "currency": "EUR",
           *         "description": "Rent"
           *       },
           *       "report": {
           *         "source": {
           *           "run": "run_42"
           *         },
           *         "subject": "Your report of November",
           *         "text": "Dear {{name}}, here is your report.",
           *         "fileName": "november.pdf"
           *       },
           *       "script": {
           *         "language": "python",
           *         "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *         "parameters": {
           *           "month": "2026-11"
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
           *         "missingZone": "Europe/Berlin",
           *         "date": "birthday",
           *         "offsets": [
           *           "-P3D",
           *           "-P1D"
           *         ],
           *         "repeat": "yearly",
           *         "feb29": "feb28",
           *         "lateness": {
           *           "until": "20:00"
           *         },
           *         "expression": "0 9 * * MON-FRI",
           *         "interval": "PT15M",
           *         "anchor": "2026-11-21T09:00:00.000Z",
           *         "startsAt": "2026-11-21T09:00:00.000Z",
           *         "endsAt": "2027-11-21T09:00:00.000Z",
           *         "maxOccurrences": 12,
           *         "missed": "once",
           *         "missedLimit": 100,
           *         "overlap": "allow",
           *         "jitter": 300
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
           *         "lateAfter": 60,
           *         "unknown": {
           *           "action": "hold",
           *           "after": 3600
           *         },
           *         "dedupeBy": "address",
           *         "quietHours": "respect",
           *         "addressCheck": {
           *           "ahead": 172800,
           *           "wait": 3600,
           *           "risky": "send",
           *           "unknown": "skip"
           *         }
           *       },
           *       "addressChecks": {
           *         "confirmed": 120,
           *         "deliverable": 830,
           *         "undeliverable": 31,
           *         "risky": 12,
           *         "unknown": 3,
           *         "pending": 4,
           *         "unasked": 0,
           *         "blocked": null
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
      /** @description `invalid_id`: The id is not of the right form; `invalid_phone`: The phone number is not valid; `invalid_email`: The e-mail address is not valid; `invalid_zone`: The time zone is not known; `invalid_instant`: The instant is not valid; `invalid_wall_time`: The wall time is not valid; `invalid_duration`: The duration is not valid; `invalid_cron`: The cron expression is not valid; `no_occurrence`: The job would never run; `private_target`: The target is not in the public internet; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON; `idempotency_key_required`: An Idempotency-Key is required here; `idempotency_key_invalid`: The Idempotency-Key is not usable */
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
      /** @description `similar_job`: A job like this one is planned nearby; `idempotency_in_progress`: A request with this Idempotency-Key is still at work */
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
      /** @description `unknown_audience`: There is no such audience; `unknown_recipient`: There is no such recipient; `unknown_template`: There is no such template; `unknown_provider`: There is no such provider account; `no_verifier`: Nobody can check addresses for this account; `wall_time_in_gap`: The zone skips this wall time; `moment_in_past`: The moment has passed; `moment_too_far`: The moment is too far away; `idempotency_key_reused`: The Idempotency-Key was used for another request */
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
      /** @description `unavailable`: Not available at the moment; `executor_unavailable`: Nobody can run this script; `unknown_outcome`: It is not known whether this was done */
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
  previewJobs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `previewJobs` takes. */
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
      /** @description What would come of it */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "people": 1200,
           *       "deliveries": 1150,
           *       "duplicates": {
           *         "sameAddress": 12
           *       },
           *       "unreachable": 20,
           *       "suppressed": 8,
           *       "incomplete": 10,
           *       "missing": [
           *         {
           *           "name": "city",
           *           "people": 10
           *         }
           *       ],
           *       "inGap": 0,
           *       "zones": 3,
           *       "earliestAt": "2026-11-21T09:00:00.000Z",
           *       "latestAt": "2026-11-21T09:00:00.000Z",
           *       "estimatedEndAt": "2026-11-21T09:00:00.000Z",
           *       "backlog": 0,
           *       "addressChecks": {
           *         "known": 700,
           *         "toCheck": 450,
           *         "cost": {
           *           "amount": 0.004,
           *           "currency": "EUR"
           *         },
           *         "budgetLeft": 23.7,
           *         "enough": true
           *       },
           *       "dates": {
           *         "withDate": 900,
           *         "withoutDate": 300,
           *         "upcoming": [
           *           {
           *             "offset": "-P3D",
           *             "day": "2027-03-07",
           *             "people": 4,
           *             "earliestAt": "2026-11-21T09:00:00.000Z",
           *             "latestAt": "2026-11-21T09:00:00.000Z"
           *           }
           *         ]
           *       },
           *       "moments": [
           *         {
           *           "at": "2026-11-21T08:00:00.000Z",
           *           "wallTime": "2026-11-21T09:00:00",
           *           "zone": "Europe/Berlin"
           *         }
           *       ],
           *       "samples": [
           *         {
           *           "recipient": "E-0042",
           *           "name": "Dilara Peters",
           *           "address": "+4915*****34",
           *           "dueAt": "2026-11-21T09:00:00.000Z",
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
           *           }
           *         }
           *       ],
           *       "warnings": [
           *         {
           *           "code": "daily_limit",
           *           "detail": "The provider lets 1,000 people be reached a day; this would be 1,150."
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['JobPreview'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `invalid_phone`: The phone number is not valid; `invalid_email`: The e-mail address is not valid; `invalid_zone`: The time zone is not known; `invalid_instant`: The instant is not valid; `invalid_wall_time`: The wall time is not valid; `invalid_duration`: The duration is not valid; `invalid_cron`: The cron expression is not valid; `no_occurrence`: The job would never run; `private_target`: The target is not in the public internet; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
      /** @description `unknown_audience`: There is no such audience; `unknown_recipient`: There is no such recipient; `unknown_template`: There is no such template; `unknown_provider`: There is no such provider account; `no_verifier`: Nobody can check addresses for this account; `wall_time_in_gap`: The zone skips this wall time; `moment_in_past`: The moment has passed; `moment_too_far`: The moment is too far away */
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
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
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
      /** @description The job */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *       "userId": "u-1204",
           *       "tags": [
           *         "billing"
           *       ],
           *       "notify": {
           *         "webhook": "https://example.com/told"
           *       },
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
           *       "webhook": {
           *         "url": "https://example.com/nightly",
           *         "method": "POST",
           *         "headerNames": [
           *           "x-team"
           *         ],
           *         "body": {
           *           "report": "nightly"
           *         }
           *       },
           *       "payment": {
           *         "sender": "acct_1204",
           *         "receiver": "acct_77",
           *         "amount": 1250,
           *         "currency": "EUR",
           *         "description": "Rent"
           *       },
           *       "report": {
           *         "source": {
           *           "run": "run_42"
           *         },
           *         "subject": "Your report of November",
           *         "text": "Dear {{name}}, here is your report.",
           *         "fileName": "november.pdf"
           *       },
           *       "script": {
           *         "language": "python",
           *         "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *         "parameters": {
           *           "month": "2026-11"
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
           *         "missingZone": "Europe/Berlin",
           *         "date": "birthday",
           *         "offsets": [
           *           "-P3D",
           *           "-P1D"
           *         ],
           *         "repeat": "yearly",
           *         "feb29": "feb28",
           *         "lateness": {
           *           "until": "20:00"
           *         },
           *         "expression": "0 9 * * MON-FRI",
           *         "interval": "PT15M",
           *         "anchor": "2026-11-21T09:00:00.000Z",
           *         "startsAt": "2026-11-21T09:00:00.000Z",
           *         "endsAt": "2027-11-21T09:00:00.000Z",
           *         "maxOccurrences": 12,
           *         "missed": "once",
           *         "missedLimit": 100,
           *         "overlap": "allow",
           *         "jitter": 300
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
           *         "lateAfter": 60,
           *         "unknown": {
           *           "action": "hold",
           *           "after": 3600
           *         },
           *         "dedupeBy": "address",
           *         "quietHours": "respect",
           *         "addressCheck": {
           *           "ahead": 172800,
           *           "wait": 3600,
           *           "risky": "send",
           *           "unknown": "skip"
           *         }
           *       },
           *       "addressChecks": {
           *         "confirmed": 120,
           *         "deliverable": 830,
           *         "undeliverable": 31,
           *         "risky": 12,
           *         "unknown": 3,
           *         "pending": 4,
           *         "unasked": 0,
           *         "blocked": null
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
  changeJob: {
    parameters: {
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
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
    /** @description What `changeJob` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "version": 3,
         *       "content": {
         *         "text": "The canteen opens at twelve today."
         *       }
         *     }
         */
        'application/json': components['schemas']['ChangeJobBody'];
      };
    };
    responses: {
      /** @description The job as it is now */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *       "userId": "u-1204",
           *       "tags": [
           *         "billing"
           *       ],
           *       "notify": {
           *         "webhook": "https://example.com/told"
           *       },
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
           *       "webhook": {
           *         "url": "https://example.com/nightly",
           *         "method": "POST",
           *         "headerNames": [
           *           "x-team"
           *         ],
           *         "body": {
           *           "report": "nightly"
           *         }
           *       },
           *       "payment": {
           *         "sender": "acct_1204",
           *         "receiver": "acct_77",
           *         "amount": 1250,
           *         "currency": "EUR",
           *         "description": "Rent"
           *       },
           *       "report": {
           *         "source": {
           *           "run": "run_42"
           *         },
           *         "subject": "Your report of November",
           *         "text": "Dear {{name}}, here is your report.",
           *         "fileName": "november.pdf"
           *       },
           *       "script": {
           *         "language": "python",
           *         "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *         "parameters": {
           *           "month": "2026-11"
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
           *         "missingZone": "Europe/Berlin",
           *         "date": "birthday",
           *         "offsets": [
           *           "-P3D",
           *           "-P1D"
           *         ],
           *         "repeat": "yearly",
           *         "feb29": "feb28",
           *         "lateness": {
           *           "until": "20:00"
           *         },
           *         "expression": "0 9 * * MON-FRI",
           *         "interval": "PT15M",
           *         "anchor": "2026-11-21T09:00:00.000Z",
           *         "startsAt": "2026-11-21T09:00:00.000Z",
           *         "endsAt": "2027-11-21T09:00:00.000Z",
           *         "maxOccurrences": 12,
           *         "missed": "once",
           *         "missedLimit": 100,
           *         "overlap": "allow",
           *         "jitter": 300
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
           *         "lateAfter": 60,
           *         "unknown": {
           *           "action": "hold",
           *           "after": 3600
           *         },
           *         "dedupeBy": "address",
           *         "quietHours": "respect",
           *         "addressCheck": {
           *           "ahead": 172800,
           *           "wait": 3600,
           *           "risky": "send",
           *           "unknown": "skip"
           *         }
           *       },
           *       "addressChecks": {
           *         "confirmed": 120,
           *         "deliverable": 830,
           *         "undeliverable": 31,
           *         "risky": 12,
           *         "unknown": 3,
           *         "pending": 4,
           *         "unasked": 0,
           *         "blocked": null
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
      /** @description `invalid_id`: The id is not of the right form; `invalid_phone`: The phone number is not valid; `invalid_email`: The e-mail address is not valid; `invalid_zone`: The time zone is not known; `invalid_instant`: The instant is not valid; `invalid_wall_time`: The wall time is not valid; `invalid_duration`: The duration is not valid; `invalid_cron`: The cron expression is not valid; `no_occurrence`: The job would never run; `private_target`: The target is not in the public internet; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
      /** @description `version_conflict`: It was changed in the meantime; `invalid_state`: Not possible in the present state; `run_started`: The run has started; `similar_job`: A job like this one is planned nearby */
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
      /** @description `unknown_audience`: There is no such audience; `unknown_recipient`: There is no such recipient; `unknown_template`: There is no such template; `unknown_provider`: There is no such provider account; `no_verifier`: Nobody can check addresses for this account; `wall_time_in_gap`: The zone skips this wall time; `moment_in_past`: The moment has passed; `moment_too_far`: The moment is too far away */
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
      /** @description `unavailable`: Not available at the moment; `executor_unavailable`: Nobody can run this script; `unknown_outcome`: It is not known whether this was done */
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
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *           "leftOut": {
           *             "reason": "missed",
           *             "moments": 12,
           *             "until": "2026-11-21T09:00:00.000Z"
           *           },
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
           *           "attempt": 1,
           *           "result": {
           *             "try": 1,
           *             "startedAt": "2026-11-21T09:00:00.000Z",
           *             "endedAt": "2026-11-21T09:00:00.000Z",
           *             "status": 200,
           *             "exitCode": 0,
           *             "output": "done",
           *             "error": "no complete answer within the time-out",
           *             "truncated": false
           *           },
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
  testJob: {
    parameters: {
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
      };
      header: {
        /**
         * @description New for each thing created, the same when the request is repeated. A UUID will do.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
      };
      path: {
        /**
         * @description The job, such as job_42
         * @example job_42
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `testJob` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "addresses": [
         *         "+49 151 1020 0034"
         *       ],
         *       "as": "E-0042"
         *     }
         */
        'application/json': components['schemas']['TestJobBody'];
      };
    };
    responses: {
      /** @description The deliveries to follow */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "job": "job_43",
           *       "deliveries": [
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
           *       ]
           *     }
           */
          'application/json': components['schemas']['TestAnswer'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `invalid_phone`: The phone number is not valid; `invalid_email`: The e-mail address is not valid; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON; `idempotency_key_required`: An Idempotency-Key is required here; `idempotency_key_invalid`: The Idempotency-Key is not usable */
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
      /** @description `unknown_recipient`: There is no such recipient; `idempotency_key_reused`: The Idempotency-Key was used for another request */
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
  runJob: {
    parameters: {
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
      };
      header: {
        /**
         * @description New for each thing created, the same when the request is repeated. A UUID will do.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
      };
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
      /** @description Planned */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "run": "run_8",
           *       "job": "job_42",
           *       "occurrence": "manual:8"
           *     }
           */
          'application/json': components['schemas']['ManualRun'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid; `idempotency_key_required`: An Idempotency-Key is required here; `idempotency_key_invalid`: The Idempotency-Key is not usable */
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
      /** @description `invalid_state`: Not possible in the present state; `idempotency_in_progress`: A request with this Idempotency-Key is still at work */
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
  bulkJobs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `bulkJobs` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "action": "pause",
         *       "filter": {
         *         "tag": "billing",
         *         "status": "active"
         *       },
         *       "dryRun": true
         *     }
         */
        'application/json': components['schemas']['BulkBody'];
      };
    };
    responses: {
      /** @description What became of them */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "matched": 120,
           *       "done": 119,
           *       "refused": [
           *         {
           *           "job": "job_42",
           *           "code": "invalid_state",
           *           "detail": "The job is completed."
           *         }
           *       ],
           *       "nextCursor": null
           *     }
           */
          'application/json': components['schemas']['BulkAnswer'];
        };
      };
      /** @description `invalid_cursor`: The cursor is not one of ours; `invalid_instant`: The instant is not valid; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
  pauseJob: {
    parameters: {
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
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
      /** @description Accepted */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
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
      /** @description Accepted */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
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
      /** @description Accepted */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
  listCallSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The settings, secrets included */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "requestsPerSecond": 200,
           *       "secrets": [
           *         {
           *           "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
           *           "until": null
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['CallSettings'];
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
  changeCallSetting: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `changeCallSetting` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "requestsPerSecond": 200
         *     }
         */
        'application/json': components['schemas']['CallSettingsChange'];
      };
    };
    responses: {
      /** @description The settings as they are now */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "requestsPerSecond": 200,
           *       "secrets": [
           *         {
           *           "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
           *           "until": null
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['CallSettings'];
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
  rotateCallSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `rotateCallSettings` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "overlapSeconds": 86400
         *     }
         */
        'application/json': components['schemas']['WebhookRotation'];
      };
    };
    responses: {
      /** @description The settings as they are now */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "requestsPerSecond": 200,
           *       "secrets": [
           *         {
           *           "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
           *           "until": null
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['CallSettings'];
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
  getUserContact: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Your own id of the user, such as u-1204
         * @example u-1204
         */
        userId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The contact */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "userId": "u-1204",
           *       "notify": {
           *         "webhook": "https://example.com/told"
           *       },
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Contact'];
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
  putUserContact: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Your own id of the user, such as u-1204
         * @example u-1204
         */
        userId: string;
      };
      cookie?: never;
    };
    /** @description What `putUserContact` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "notify": {
         *         "webhook": "https://example.com/told"
         *       }
         *     }
         */
        'application/json': components['schemas']['ContactBody'];
      };
    };
    responses: {
      /** @description The contact as it is now */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "userId": "u-1204",
           *       "notify": {
           *         "webhook": "https://example.com/told"
           *       },
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Contact'];
        };
      };
      /** @description `invalid_email`: The e-mail address is not valid; `invalid_phone`: The phone number is not valid; `private_target`: The target is not in the public internet; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
      /** @description `unknown_provider`: There is no such provider account */
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
  deleteUserContact: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Your own id of the user, such as u-1204
         * @example u-1204
         */
        userId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Forgotten */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
  getScript: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The `script.sha256` of a job, such as 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
         * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
         */
        sha256: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The source */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *       "language": "python",
           *       "source": "print(\"hello\")\n"
           *     }
           */
          'application/json': components['schemas']['ScriptSource'];
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
  getJobMissed: {
    parameters: {
      query?: {
        /**
         * @description Which run; the latest of the job when left out. A resend counts to the run that it resends
         * @example run_42
         */
        run?: string;
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
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
      /** @description The counts */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "run": "run_42",
           *       "people": 37,
           *       "peopleWithFailedByReport": 41,
           *       "openResend": "run_57"
           *     }
           */
          'application/json': components['schemas']['Missed'];
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
  resendJob: {
    parameters: {
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
      };
      header: {
        /**
         * @description New for each thing created, the same when the request is repeated. A UUID will do.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
      };
      path: {
        /**
         * @description The job, such as job_42
         * @example job_42
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `resendJob` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "run": "run_42",
         *       "includeFailedByReport": false
         *     }
         */
        'application/json': components['schemas']['ResendBody'];
      };
    };
    responses: {
      /** @description Planned */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "run": "run_57",
           *       "of": "job_42",
           *       "people": 37
           *     }
           */
          'application/json': components['schemas']['Resend'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON; `idempotency_key_required`: An Idempotency-Key is required here; `idempotency_key_invalid`: The Idempotency-Key is not usable */
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
      /** @description `resend_open`: Those missed are being sent to already; `nobody_missed`: Nobody was missed; `idempotency_in_progress`: A request with this Idempotency-Key is still at work */
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
  listRunReasons: {
    parameters: {
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
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
      /** @description The counts */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "run": "run_7",
           *       "reasons": [
           *         {
           *           "state": "skipped",
           *           "code": "suppressed",
           *           "count": 12
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['RunReasons'];
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
  getRun: {
    parameters: {
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
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
      /** @description The run */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *       "leftOut": {
           *         "reason": "missed",
           *         "moments": 12,
           *         "until": "2026-11-21T09:00:00.000Z"
           *       },
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
           *       "attempt": 1,
           *       "result": {
           *         "try": 1,
           *         "startedAt": "2026-11-21T09:00:00.000Z",
           *         "endedAt": "2026-11-21T09:00:00.000Z",
           *         "status": 200,
           *         "exitCode": 0,
           *         "output": "done",
           *         "error": "no complete answer within the time-out",
           *         "truncated": false
           *       },
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
        /**
         * @description Only those with this code, as `GET /v1/runs/:id/reasons` tells it
         * @example suppressed
         */
        code?: string;
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
      };
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
           *       "results": [
           *         {
           *           "try": 1,
           *           "startedAt": "2026-11-21T09:00:00.000Z",
           *           "endedAt": "2026-11-21T09:00:00.000Z",
           *           "status": 200,
           *           "exitCode": 0,
           *           "output": "done",
           *           "error": "no complete answer within the time-out",
           *           "truncated": false
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
      query?: {
        /**
         * @description Your own id of a user; what belongs to another, or to none, is not found then
         * @example u-1204
         */
        userId?: string;
      };
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
  listSuppressions: {
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
         * @description Only those of this channel
         * @example email
         */
        channel?: 'whatsapp' | 'email';
        /**
         * @description Only those with this reason
         * @example unsubscribed
         */
        reason?: 'unsubscribed' | 'refused' | 'complained' | 'manual';
        /**
         * @description Only this address, in any usual spelling. Without `channel` it is an e-mail address when it has an @, and else a phone number
         * @example dilara.peters@example.com
         */
        address?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Those that stand */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "sup_7",
           *           "channel": "email",
           *           "address": "dilara.peters@example.com",
           *           "reason": "unsubscribed",
           *           "source": "link",
           *           "createdAt": "2026-11-20T09:00:00.000Z"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['SuppressionPage'];
        };
      };
      /** @description `invalid_cursor`: The cursor is not one of ours; `invalid_phone`: The phone number is not valid; `invalid_email`: The e-mail address is not valid; `validation_failed`: The request is not valid */
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
  createSuppression: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `createSuppression` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "channel": "email",
         *       "address": "Dilara.Peters@example.com",
         *       "reason": "manual",
         *       "source": "api"
         *     }
         */
        'application/json': components['schemas']['SuppressionBody'];
      };
    };
    responses: {
      /** @description It was suppressed already */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "sup_7",
           *       "channel": "email",
           *       "address": "dilara.peters@example.com",
           *       "reason": "unsubscribed",
           *       "source": "link",
           *       "createdAt": "2026-11-20T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Suppression'];
        };
      };
      /** @description Suppressed */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "sup_7",
           *       "channel": "email",
           *       "address": "dilara.peters@example.com",
           *       "reason": "unsubscribed",
           *       "source": "link",
           *       "createdAt": "2026-11-20T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Suppression'];
        };
      };
      /** @description `invalid_phone`: The phone number is not valid; `invalid_email`: The e-mail address is not valid; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
  importSuppressions: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `importSuppressions` takes. */
    requestBody: {
      content: {
        /**
         * @example channel,address,reason
         *     email,dilara.peters@example.com,unsubscribed
         *     whatsapp,+4915110200034,manual
         */
        'text/csv': string;
        /** @example {"channel":"email","address":"dilara.peters@example.com","reason":"unsubscribed"} */
        'application/x-ndjson': string;
      };
    };
    responses: {
      /** @description What became of the lines */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "read": 5000,
           *       "added": 4812,
           *       "standing": 187,
           *       "bad": 1,
           *       "errors": [
           *         {
           *           "line": 12,
           *           "code": "invalid_email",
           *           "field": "address",
           *           "detail": "It is no usable e-mail address: domain."
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['SuppressionImport'];
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
  getSuppression: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The suppression, such as sup_7
         * @example sup_7
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The suppression */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "sup_7",
           *       "channel": "email",
           *       "address": "dilara.peters@example.com",
           *       "reason": "unsubscribed",
           *       "source": "link",
           *       "createdAt": "2026-11-20T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Suppression'];
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
  deleteSuppression: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The suppression, such as sup_7
         * @example sup_7
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Removed */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
  importVerdicts: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `importVerdicts` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "verdicts": [
         *         {
         *           "address": "dilara.peters@example.com",
         *           "verdict": "undeliverable",
         *           "reason": "bounced"
         *         }
         *       ]
         *     }
         */
        'application/json': components['schemas']['VerdictsBody'];
      };
    };
    responses: {
      /** @description What became of them */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "stored": 998,
           *       "kept": 1,
           *       "bad": 1,
           *       "errors": [
           *         {
           *           "index": 12,
           *           "code": "invalid_email",
           *           "field": "address",
           *           "detail": "It is no usable e-mail address: domain."
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['VerdictsAnswer'];
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
  getAddresse: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The e-mail address, in any usual spelling, such as dilara.peters@example.com
         * @example dilara.peters@example.com
         */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What is known of it */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "address": "dilara.peters@example.com",
           *       "standing": "deliverable",
           *       "own": {
           *         "verdict": "confirmed",
           *         "reason": null,
           *         "source": "link",
           *         "at": "2026-11-20T09:00:00.000Z",
           *         "validUntil": "2026-11-20T09:00:00.000Z"
           *       },
           *       "check": {
           *         "pending": false,
           *         "verdict": "deliverable",
           *         "reason": "accepted_email",
           *         "checkedAt": "2026-11-20T09:00:00.000Z",
           *         "checkedBy": "http",
           *         "validUntil": "2026-11-20T09:00:00.000Z",
           *         "cost": {
           *           "amount": 0.004,
           *           "currency": "EUR"
           *         }
           *       }
           *     }
           */
          'application/json': components['schemas']['Address'];
        };
      };
      /** @description `invalid_email`: The e-mail address is not valid; `validation_failed`: The request is not valid */
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
  confirmAddress: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The e-mail address, in any usual spelling, such as dilara.peters@example.com
         * @example dilara.peters@example.com
         */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What is known of it now */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "address": "dilara.peters@example.com",
           *       "standing": "deliverable",
           *       "own": {
           *         "verdict": "confirmed",
           *         "reason": null,
           *         "source": "link",
           *         "at": "2026-11-20T09:00:00.000Z",
           *         "validUntil": "2026-11-20T09:00:00.000Z"
           *       },
           *       "check": {
           *         "pending": false,
           *         "verdict": "deliverable",
           *         "reason": "accepted_email",
           *         "checkedAt": "2026-11-20T09:00:00.000Z",
           *         "checkedBy": "http",
           *         "validUntil": "2026-11-20T09:00:00.000Z",
           *         "cost": {
           *           "amount": 0.004,
           *           "currency": "EUR"
           *         }
           *       }
           *     }
           */
          'application/json': components['schemas']['Address'];
        };
      };
      /** @description `invalid_email`: The e-mail address is not valid; `validation_failed`: The request is not valid */
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
  withdrawConfirmation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The e-mail address, in any usual spelling, such as dilara.peters@example.com
         * @example dilara.peters@example.com
         */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Taken back */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid_email`: The e-mail address is not valid; `validation_failed`: The request is not valid */
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
  createConfirmationLink: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The e-mail address, in any usual spelling, such as dilara.peters@example.com
         * @example dilara.peters@example.com
         */
        address: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The link */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "token": "k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw",
           *       "path": "/v1/confirm/k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw",
           *       "url": "https://carillon.example.com/v1/confirm/k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw"
           *     }
           */
          'application/json': components['schemas']['ConfirmationLink'];
        };
      };
      /** @description `invalid_email`: The e-mail address is not valid; `validation_failed`: The request is not valid */
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
  readCheckSpend: {
    parameters: {
      query?: {
        /**
         * @description From this day (UTC) on; 30 days before `to`, if left out
         * @example 2026-11-01
         */
        from?: string;
        /**
         * @description To this day, included; today, if left out
         * @example 2026-11-30
         */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What they cost */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "days": [
           *         {
           *           "day": "2026-11-20",
           *           "currency": "EUR",
           *           "charged": 1.296,
           *           "reserved": 0.004,
           *           "asked": 300,
           *           "shared": 25
           *         }
           *       ],
           *       "budget": {
           *         "amount": 25,
           *         "currency": "EUR"
           *       },
           *       "left": 23.7
           *     }
           */
          'application/json': components['schemas']['CheckSpend'];
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
  showConfirmation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The link's token, such as k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw
         * @example k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw
         */
        token: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example <!doctype html>
           *     <html lang="en">
           *     <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
           *     <title>Confirm your address</title><style>body{font:1.05rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color:#222;background:#fff}
           *     h1{font-size:1.4rem}button{font:inherit;padding:.6rem 1.4rem;border:0;border-radius:.3rem;background:#1d4ed8;color:#fff;cursor:pointer}
           *     button:focus-visible{outline:3px solid #93c5fd}</style></head>
           *     <body><h1>Confirm your address</h1><p>Press the button to confirm that this address is yours and that you read what comes to it.</p><form method="post"><button type="submit">Confirm</button></form></body>
           *     </html>
           */
          'text/html': string;
        };
      };
      /** @description `validation_failed`: The request is not valid */
      400: {
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
  confirmByLink: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The link's token, such as k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw
         * @example k1.7.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw
         */
        token: string;
      };
      cookie?: never;
    };
    /** @description What `confirmByLink` takes. */
    requestBody: {
      content: {
        /** @example {} */
        'application/x-www-form-urlencoded': Record<string, never>;
      };
    };
    responses: {
      /** @description A page that says that it is done */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example <!doctype html>
           *     <html lang="en">
           *     <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
           *     <title>Your address is confirmed</title><style>body{font:1.05rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color:#222;background:#fff}
           *     h1{font-size:1.4rem}button{font:inherit;padding:.6rem 1.4rem;border:0;border-radius:.3rem;background:#1d4ed8;color:#fff;cursor:pointer}
           *     button:focus-visible{outline:3px solid #93c5fd}</style></head>
           *     <body><h1>Your address is confirmed</h1><p>Thank you. There is nothing more to do.</p></body>
           *     </html>
           */
          'text/html': string;
        };
      };
      /** @description `validation_failed`: The request is not valid */
      400: {
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
  getUnsubscribe: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The link's token, such as u1.7.email.2n9c.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw
         * @example u1.7.email.2n9c.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw
         */
        token: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example <!doctype html>
           *     <html lang="en">
           *     <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
           *     <title>Unsubscribe</title><style>body{font:1.05rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color:#222;background:#fff}
           *     h1{font-size:1.4rem}button{font:inherit;padding:.6rem 1.4rem;border:0;border-radius:.3rem;background:#1d4ed8;color:#fff;cursor:pointer}
           *     button:focus-visible{outline:3px solid #93c5fd}</style></head>
           *     <body><h1>Unsubscribe</h1><p>Press the button to receive no further e-mails from this sender at this address.</p>
           *     <form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button type="submit">Unsubscribe</button></form></body>
           *     </html>
           */
          'text/html': string;
        };
      };
      /** @description `validation_failed`: The request is not valid */
      400: {
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
  unsubscribe: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The link's token, such as u1.7.email.2n9c.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw
         * @example u1.7.email.2n9c.q2PcB0YyTq2kDdrJ4UyJ1g.mC3b8tQv0m1JkXv2hJt8Lw
         */
        token: string;
      };
      cookie?: never;
    };
    /** @description What `unsubscribe` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "List-Unsubscribe": "One-Click"
         *     }
         */
        'application/x-www-form-urlencoded': Record<string, never>;
      };
    };
    responses: {
      /** @description A page that says that it is done */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example <!doctype html>
           *     <html lang="en">
           *     <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
           *     <title>You are unsubscribed</title><style>body{font:1.05rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem;color:#222;background:#fff}
           *     h1{font-size:1.4rem}button{font:inherit;padding:.6rem 1.4rem;border:0;border-radius:.3rem;background:#1d4ed8;color:#fff;cursor:pointer}
           *     button:focus-visible{outline:3px solid #93c5fd}</style></head>
           *     <body><h1>You are unsubscribed</h1><p>This address receives no further e-mails from this sender. One that is already on its way may still arrive.</p></body>
           *     </html>
           */
          'text/html': string;
        };
      };
      /** @description `validation_failed`: The request is not valid */
      400: {
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
  listHolds: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The holds, all on one page */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "hld_3",
           *           "scope": "account",
           *           "channel": "whatsapp",
           *           "reason": "The announcement has a wrong date",
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "createdBy": "key_7"
           *         }
           *       ],
           *       "nextCursor": null
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
  getStatus: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How it is */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "scope": "account",
           *       "at": "2026-11-20T09:00:07.000Z",
           *       "healthy": true,
           *       "level": "ok",
           *       "reasons": [
           *         {
           *           "code": "late",
           *           "severity": "warning",
           *           "summary": "WhatsApp is late: 1,204 deliveries are due and nobody began with them; the oldest was due 45 s ago.",
           *           "action": "See that senders run and reach Redis; if they do and are busy, add senders.",
           *           "docs": "docs/operations.md#carillonlate"
           *         }
           *       ],
           *       "channels": [
           *         {
           *           "channel": "whatsapp",
           *           "due": {
           *             "deliveries": 0,
           *             "batches": 0,
           *             "oldestSeconds": null,
           *             "more": false
           *           },
           *           "late": {
           *             "deliveries": 0,
           *             "oldestSeconds": null
           *           },
           *           "held": 0,
           *           "missing": {
           *             "batches": 0,
           *             "oldestSeconds": null
           *           },
           *           "unknown": 3,
           *           "series": {
           *             "stepSeconds": 10,
           *             "moments": [
           *               {
           *                 "at": "2026-11-20T09:00:00.000Z",
           *                 "accepted": 400,
           *                 "failed": 0,
           *                 "unknown": 0,
           *                 "retried": 2,
           *                 "perSecond": 40,
           *                 "p50Ms": 180,
           *                 "p99Ms": 940
           *               }
           *             ]
           *           }
           *         }
           *       ],
           *       "openRuns": 1,
           *       "runs": [
           *         {
           *           "id": "run_42",
           *           "jobId": "job_7",
           *           "jobName": "Flu vaccination on Friday",
           *           "account": "Harbour Clinics",
           *           "channel": "whatsapp",
           *           "state": "sending",
           *           "paused": false,
           *           "pauseReason": null,
           *           "cancelled": false,
           *           "dueAt": "2026-11-20T09:00:00.000Z",
           *           "size": 600,
           *           "counts": {
           *             "scheduled": 441,
           *             "sending": 0,
           *             "sent": 159,
           *             "delivered": 0,
           *             "failed": 0,
           *             "unknown": 0,
           *             "skipped": 0,
           *             "cancelled": 0
           *           },
           *           "progress": 0.26,
           *           "perSecond": 36.2,
           *           "finishAt": "2026-11-20T09:00:00.000Z"
           *         }
           *       ],
           *       "holds": [
           *         {
           *           "id": "hld_3",
           *           "scope": "account",
           *           "channel": null,
           *           "reason": "The announcement has a wrong date",
           *           "since": "2026-11-20T08:55:00.000Z"
           *         }
           *       ],
           *       "pausedQueues": [],
           *       "rescues": [
           *         {
           *           "kind": "lease",
           *           "rows": 4,
           *           "lastAt": "2026-11-20T08:41:00.000Z"
           *         }
           *       ],
           *       "redisLostAt": "2026-11-20T09:00:00.000Z",
           *       "restoredAt": "2026-11-20T09:00:00.000Z",
           *       "restoreSettledAt": "2026-11-20T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Status'];
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
  getAccount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Your account */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "acc_1",
           *       "name": "Bells & Co",
           *       "zone": "Europe/Berlin",
           *       "country": "DE",
           *       "quietHours": {
           *         "from": "22:00",
           *         "to": "07:00"
           *       },
           *       "requestsPerSecond": 200,
           *       "checkBudget": {
           *         "amount": 25,
           *         "currency": "EUR"
           *       },
           *       "keepDays": 30,
           *       "keepFailedDays": 30,
           *       "operator": false,
           *       "version": 3,
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Account'];
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
  changeAccount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `changeAccount` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "version": 3,
         *       "name": "Bells & Co",
         *       "zone": "Europe/Berlin",
         *       "country": "DE",
         *       "quietHours": {
         *         "from": "22:00",
         *         "to": "07:00"
         *       },
         *       "requestsPerSecond": 200,
         *       "checkBudget": {
         *         "amount": 25,
         *         "currency": "EUR"
         *       },
         *       "keepDays": 30,
         *       "keepFailedDays": 30
         *     }
         */
        'application/json': components['schemas']['AccountChange'];
      };
    };
    responses: {
      /** @description Your account as it is now */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "acc_1",
           *       "name": "Bells & Co",
           *       "zone": "Europe/Berlin",
           *       "country": "DE",
           *       "quietHours": {
           *         "from": "22:00",
           *         "to": "07:00"
           *       },
           *       "requestsPerSecond": 200,
           *       "checkBudget": {
           *         "amount": 25,
           *         "currency": "EUR"
           *       },
           *       "keepDays": 30,
           *       "keepFailedDays": 30,
           *       "operator": false,
           *       "version": 3,
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Account'];
        };
      };
      /** @description `invalid_zone`: The time zone is not known; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
      /** @description `version_conflict`: It was changed in the meantime; `name_taken`: The name is taken */
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
  listAccounts: {
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "acc_1",
           *           "name": "Bells & Co",
           *           "zone": "Europe/Berlin",
           *           "country": "DE",
           *           "quietHours": {
           *             "from": "22:00",
           *             "to": "07:00"
           *           },
           *           "requestsPerSecond": 200,
           *           "checkBudget": {
           *             "amount": 25,
           *             "currency": "EUR"
           *           },
           *           "keepDays": 30,
           *           "keepFailedDays": 30,
           *           "operator": false,
           *           "version": 3,
           *           "createdAt": "2026-11-21T09:00:00.000Z",
           *           "updatedAt": "2026-11-21T09:00:00.000Z"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['AccountPage'];
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
  createAccount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `createAccount` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Bells & Co",
         *       "zone": "Europe/Berlin",
         *       "country": "DE",
         *       "quietHours": {
         *         "from": "22:00",
         *         "to": "07:00"
         *       },
         *       "requestsPerSecond": 200,
         *       "checkBudget": {
         *         "amount": 25,
         *         "currency": "EUR"
         *       },
         *       "keepDays": 30,
         *       "keepFailedDays": 30,
         *       "operator": false
         *     }
         */
        'application/json': components['schemas']['AccountBody'];
      };
    };
    responses: {
      /** @description Created, with its first key */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "account": {
           *         "id": "acc_1",
           *         "name": "Bells & Co",
           *         "zone": "Europe/Berlin",
           *         "country": "DE",
           *         "quietHours": {
           *           "from": "22:00",
           *           "to": "07:00"
           *         },
           *         "requestsPerSecond": 200,
           *         "checkBudget": {
           *           "amount": 25,
           *           "currency": "EUR"
           *         },
           *         "keepDays": 30,
           *         "keepFailedDays": 30,
           *         "operator": false,
           *         "version": 3,
           *         "createdAt": "2026-11-21T09:00:00.000Z",
           *         "updatedAt": "2026-11-21T09:00:00.000Z"
           *       },
           *       "key": {
           *         "id": "key_1",
           *         "role": "write",
           *         "key": "ck_9bTz4Yp0kq7Zr1m2Vw8eXc3nLs5aUdHf"
           *       }
           *     }
           */
          'application/json': components['schemas']['CreatedAccount'];
        };
      };
      /** @description `invalid_zone`: The time zone is not known; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
      /** @description `name_taken`: The name is taken */
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
  listKeys: {
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
      /** @description In the order in which they were made */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "key_3",
           *           "name": "portal",
           *           "prefix": "ck_9bTz4Y",
           *           "role": "write",
           *           "status": "active",
           *           "createdAt": "2026-11-21T09:00:00.000Z",
           *           "expiresAt": "2027-11-21T09:00:00.000Z",
           *           "revokedAt": "2027-11-21T09:00:00.000Z",
           *           "rotatedFrom": "key_2"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['KeyPage'];
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
  createKey: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `createKey` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "portal",
         *       "role": "write",
         *       "expiresAt": "2027-11-21T09:00:00Z"
         *     }
         */
        'application/json': components['schemas']['KeyBody'];
      };
    };
    responses: {
      /** @description Created; `key` is shown once */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "key_3",
           *       "name": "portal",
           *       "prefix": "ck_9bTz4Y",
           *       "role": "write",
           *       "status": "active",
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "expiresAt": "2027-11-21T09:00:00.000Z",
           *       "revokedAt": "2027-11-21T09:00:00.000Z",
           *       "rotatedFrom": "key_2",
           *       "key": "ck_9bTz4Yp0kq7Zr1m2Vw8eXc3nLs5aUdHf"
           *     }
           */
          'application/json': components['schemas']['IssuedKey'];
        };
      };
      /** @description `invalid_instant`: The instant is not valid; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
      /** @description `moment_in_past`: The moment has passed */
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
  rotateKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The key, such as key_3
         * @example key_3
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `rotateKey` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "overlapSeconds": 3600
         *     }
         */
        'application/json': components['schemas']['KeyRotation'];
      };
    };
    responses: {
      /** @description The new key; `key` is shown once */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "key_3",
           *       "name": "portal",
           *       "prefix": "ck_9bTz4Y",
           *       "role": "write",
           *       "status": "active",
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "expiresAt": "2027-11-21T09:00:00.000Z",
           *       "revokedAt": "2027-11-21T09:00:00.000Z",
           *       "rotatedFrom": "key_2",
           *       "key": "ck_9bTz4Yp0kq7Zr1m2Vw8eXc3nLs5aUdHf"
           *     }
           */
          'application/json': components['schemas']['IssuedKey'];
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
  deleteKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The key, such as key_3
         * @example key_3
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Revoked, now or earlier */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
  listProviders: {
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "pvd_2",
           *           "channel": "whatsapp",
           *           "name": "main number",
           *           "settings": {
           *             "baseUrl": "https://graph.facebook.com",
           *             "apiVersion": "v23.0",
           *             "phoneNumberId": "106540352242922"
           *           },
           *           "secrets": {
           *             "accessToken": {
           *               "set": true
           *             },
           *             "appSecret": {
           *               "set": true
           *             },
           *             "verifyToken": {
           *               "set": true
           *             }
           *           },
           *           "messagesPerSecond": 80,
           *           "dailyLimit": 100000,
           *           "enabled": true,
           *           "disabledAt": "2026-11-21T09:00:00.000Z",
           *           "disabledReason": "by key_3",
           *           "callbackPath": "/v1/provider-accounts/pvd_2/callbacks/whatsapp",
           *           "createdAt": "2026-11-21T09:00:00.000Z",
           *           "updatedAt": "2026-11-21T09:00:00.000Z"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['ProviderPage'];
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
  createProvider: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `createProvider` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "channel": "whatsapp",
         *       "name": "main number",
         *       "messagesPerSecond": 80,
         *       "dailyLimit": 100000,
         *       "settings": {
         *         "baseUrl": "https://graph.facebook.com",
         *         "apiVersion": "v23.0",
         *         "phoneNumberId": "106540352242922",
         *         "accessToken": "EAAJB-example-token",
         *         "appSecret": "7c1f0f3a9e-example",
         *         "verifyToken": "a-word-of-your-own"
         *       }
         *     }
         */
        'application/json': components['schemas']['ProviderBody'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "pvd_2",
           *       "channel": "whatsapp",
           *       "name": "main number",
           *       "settings": {
           *         "baseUrl": "https://graph.facebook.com",
           *         "apiVersion": "v23.0",
           *         "phoneNumberId": "106540352242922"
           *       },
           *       "secrets": {
           *         "accessToken": {
           *           "set": true
           *         },
           *         "appSecret": {
           *           "set": true
           *         },
           *         "verifyToken": {
           *           "set": true
           *         }
           *       },
           *       "messagesPerSecond": 80,
           *       "dailyLimit": 100000,
           *       "enabled": true,
           *       "disabledAt": "2026-11-21T09:00:00.000Z",
           *       "disabledReason": "by key_3",
           *       "callbackPath": "/v1/provider-accounts/pvd_2/callbacks/whatsapp",
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Provider'];
        };
      };
      /** @description `invalid_email`: The e-mail address is not valid; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
      /** @description `name_taken`: The name is taken */
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
  getProvider: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The provider account, such as pvd_2
         * @example pvd_2
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The provider account */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "pvd_2",
           *       "channel": "whatsapp",
           *       "name": "main number",
           *       "settings": {
           *         "baseUrl": "https://graph.facebook.com",
           *         "apiVersion": "v23.0",
           *         "phoneNumberId": "106540352242922"
           *       },
           *       "secrets": {
           *         "accessToken": {
           *           "set": true
           *         },
           *         "appSecret": {
           *           "set": true
           *         },
           *         "verifyToken": {
           *           "set": true
           *         }
           *       },
           *       "messagesPerSecond": 80,
           *       "dailyLimit": 100000,
           *       "enabled": true,
           *       "disabledAt": "2026-11-21T09:00:00.000Z",
           *       "disabledReason": "by key_3",
           *       "callbackPath": "/v1/provider-accounts/pvd_2/callbacks/whatsapp",
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Provider'];
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
  disableProvider: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The provider account, such as pvd_2
         * @example pvd_2
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Disabled, now or earlier */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
  changeProvider: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The provider account, such as pvd_2
         * @example pvd_2
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `changeProvider` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "channel": "whatsapp",
         *       "name": "main number",
         *       "messagesPerSecond": 80,
         *       "dailyLimit": 100000,
         *       "enabled": true,
         *       "settings": {
         *         "baseUrl": "https://graph.facebook.com",
         *         "apiVersion": "v23.0",
         *         "phoneNumberId": "106540352242922",
         *         "accessToken": "EAAJB-example-token",
         *         "appSecret": "7c1f0f3a9e-example",
         *         "verifyToken": "a-word-of-your-own"
         *       }
         *     }
         */
        'application/json': components['schemas']['ProviderChange'];
      };
    };
    responses: {
      /** @description The provider account as it is now */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "pvd_2",
           *       "channel": "whatsapp",
           *       "name": "main number",
           *       "settings": {
           *         "baseUrl": "https://graph.facebook.com",
           *         "apiVersion": "v23.0",
           *         "phoneNumberId": "106540352242922"
           *       },
           *       "secrets": {
           *         "accessToken": {
           *           "set": true
           *         },
           *         "appSecret": {
           *           "set": true
           *         },
           *         "verifyToken": {
           *           "set": true
           *         }
           *       },
           *       "messagesPerSecond": 80,
           *       "dailyLimit": 100000,
           *       "enabled": true,
           *       "disabledAt": "2026-11-21T09:00:00.000Z",
           *       "disabledReason": "by key_3",
           *       "callbackPath": "/v1/provider-accounts/pvd_2/callbacks/whatsapp",
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Provider'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `invalid_email`: The e-mail address is not valid; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
      /** @description `name_taken`: The name is taken */
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
  listAuditEntries: {
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
         * @description Only what this one did: a key, a person at the command line, a service
         * @example key_3
         */
        actor?: string;
        /**
         * @description Only this action; with a dot at its end, all that begin so
         * @example job.
         */
        action?: string;
        /**
         * @description Only what was done to this
         * @example job_42
         */
        subject?: string;
        /**
         * @description From this instant on
         * @example 2026-11-21T00:00:00Z
         */
        since?: string;
        /**
         * @description Before this instant
         * @example 2026-11-21T00:00:00Z
         */
        until?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The newest first */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "adt_1204",
           *           "at": "2026-11-21T09:00:00.000Z",
           *           "actor": "key_3",
           *           "actorName": "portal",
           *           "action": "job.create",
           *           "subject": "job_42",
           *           "detail": {
           *             "trigger": "now"
           *           },
           *           "origin": "203.0.113.7",
           *           "requestId": "3f0c1b52-7a0e-4f0e-9d5e-2f1f6f1c9a10"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['AuditEntryPage'];
        };
      };
      /** @description `invalid_cursor`: The cursor is not one of ours; `invalid_instant`: The instant is not valid; `validation_failed`: The request is not valid */
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
  listWebhooks: {
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "whk_5",
           *           "url": "https://example.com/hooks",
           *           "events": [
           *             "run.completed",
           *             "run.failures"
           *           ],
           *           "description": "The intranet, by the web team",
           *           "enabled": true,
           *           "disabledAt": null,
           *           "disabledReason": null,
           *           "createdAt": "2026-11-21T09:00:00.000Z",
           *           "updatedAt": "2026-11-21T09:00:00.000Z"
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['WebhookPage'];
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
  createWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What `createWebhook` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "url": "https://example.com/hooks",
         *       "events": [
         *         "run.completed",
         *         "run.failures"
         *       ],
         *       "description": "The intranet, by the web team"
         *     }
         */
        'application/json': components['schemas']['WebhookBody'];
      };
    };
    responses: {
      /** @description Created, with the secret */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "whk_5",
           *       "url": "https://example.com/hooks",
           *       "events": [
           *         "run.completed",
           *         "run.failures"
           *       ],
           *       "description": "The intranet, by the web team",
           *       "enabled": true,
           *       "disabledAt": null,
           *       "disabledReason": null,
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z",
           *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
           *     }
           */
          'application/json': components['schemas']['WebhookWithSecret'];
        };
      };
      /** @description `private_target`: The target is not in the public internet; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
  getWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The endpoint, such as whk_5
         * @example whk_5
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The endpoint */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "whk_5",
           *       "url": "https://example.com/hooks",
           *       "events": [
           *         "run.completed",
           *         "run.failures"
           *       ],
           *       "description": "The intranet, by the web team",
           *       "enabled": true,
           *       "disabledAt": null,
           *       "disabledReason": null,
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Webhook'];
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
  deleteWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The endpoint, such as whk_5
         * @example whk_5
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
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
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
  changeWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The endpoint, such as whk_5
         * @example whk_5
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `changeWebhook` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "url": "https://example.com/hooks",
         *       "events": [
         *         "run.completed",
         *         "run.failures"
         *       ],
         *       "description": "The intranet, by the web team",
         *       "enabled": true
         *     }
         */
        'application/json': components['schemas']['WebhookChange'];
      };
    };
    responses: {
      /** @description The endpoint as it is now */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "whk_5",
           *       "url": "https://example.com/hooks",
           *       "events": [
           *         "run.completed",
           *         "run.failures"
           *       ],
           *       "description": "The intranet, by the web team",
           *       "enabled": true,
           *       "disabledAt": null,
           *       "disabledReason": null,
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Webhook'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `private_target`: The target is not in the public internet; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON */
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
  rotateWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The endpoint, such as whk_5
         * @example whk_5
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `rotateWebhook` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "overlapSeconds": 86400
         *     }
         */
        'application/json': components['schemas']['WebhookRotation'];
      };
    };
    responses: {
      /** @description The endpoint with its new secret */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "whk_5",
           *       "url": "https://example.com/hooks",
           *       "events": [
           *         "run.completed",
           *         "run.failures"
           *       ],
           *       "description": "The intranet, by the web team",
           *       "enabled": true,
           *       "disabledAt": null,
           *       "disabledReason": null,
           *       "createdAt": "2026-11-21T09:00:00.000Z",
           *       "updatedAt": "2026-11-21T09:00:00.000Z",
           *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
           *     }
           */
          'application/json': components['schemas']['WebhookWithSecret'];
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
  testWebhook: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description New for each thing created, the same when the request is repeated. A UUID will do.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
      };
      path: {
        /**
         * @description The endpoint, such as whk_5
         * @example whk_5
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description On its way */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "event": "evt_12",
           *       "webhooks": [
           *         "whk_5"
           *       ]
           *     }
           */
          'application/json': components['schemas']['NoticesMade'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid; `idempotency_key_required`: An Idempotency-Key is required here; `idempotency_key_invalid`: The Idempotency-Key is not usable */
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
      /** @description `invalid_state`: Not possible in the present state; `idempotency_in_progress`: A request with this Idempotency-Key is still at work */
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
  listEvents: {
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
         * @description Only events of this type
         * @example run.completed
         */
        type?:
          | 'run.started'
          | 'run.completed'
          | 'run.paused'
          | 'run.failures'
          | 'run.unknown'
          | 'run.late'
          | 'run.failed'
          | 'job.cancelled'
          | 'job.completed'
          | 'payment.refused'
          | 'suppression.added'
          | 'webhook.test';
        /**
         * @description Only events about the thing of this id
         * @example run_42
         */
        subject?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The newest first */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "id": "evt_12",
           *           "type": "run.completed",
           *           "subject": "run_42",
           *           "timestamp": "2026-11-21T09:00:04.120Z",
           *           "data": {
           *             "run": "run_42",
           *             "failed": 3,
           *             "final": true
           *           }
           *         }
           *       ],
           *       "nextCursor": "WyJqb2JzLyIsNDJd"
           *     }
           */
          'application/json': components['schemas']['EventPage'];
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
  getEvent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The event, such as evt_12
         * @example evt_12
         */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The event */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "evt_12",
           *       "type": "run.completed",
           *       "subject": "run_42",
           *       "timestamp": "2026-11-21T09:00:04.120Z",
           *       "data": {
           *         "run": "run_42",
           *         "failed": 3,
           *         "final": true
           *       },
           *       "notices": [
           *         {
           *           "id": "dlv_20261121_7_1",
           *           "channel": "webhook",
           *           "webhook": "whk_5",
           *           "state": "sent",
           *           "code": "http_503",
           *           "try": 2,
           *           "attempts": 2,
           *           "createdAt": "2026-11-21T09:00:04.120Z",
           *           "dueAt": "2026-11-21T09:00:09.000Z",
           *           "settledAt": "2026-11-21T09:00:09.310Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['EventDetail'];
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
  replayEvent: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description New for each thing created, the same when the request is repeated. A UUID will do.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
      };
      path: {
        /**
         * @description The event, such as evt_12
         * @example evt_12
         */
        id: string;
      };
      cookie?: never;
    };
    /** @description What `replayEvent` takes. */
    requestBody: {
      content: {
        /**
         * @example {
         *       "endpoint": "whk_5"
         *     }
         */
        'application/json': components['schemas']['ReplayBody'];
      };
    };
    responses: {
      /** @description On its way */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'RateLimit-Policy': components['headers']['RateLimit-Policy'];
          'Idempotency-Replayed': components['headers']['Idempotency-Replayed'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "event": "evt_12",
           *       "webhooks": [
           *         "whk_5"
           *       ]
           *     }
           */
          'application/json': components['schemas']['NoticesMade'];
        };
      };
      /** @description `invalid_id`: The id is not of the right form; `validation_failed`: The request is not valid; `malformed_json`: The body is not JSON; `idempotency_key_required`: An Idempotency-Key is required here; `idempotency_key_invalid`: The Idempotency-Key is not usable */
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
      /** @description `invalid_state`: Not possible in the present state; `idempotency_in_progress`: A request with this Idempotency-Key is still at work */
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
  getProviderAccountCallbackWhatsapp: {
    parameters: {
      query: {
        /**
         * @description What is wanted; there is only this
         * @example subscribe
         */
        'hub.mode': 'subscribe';
        /**
         * @description The verify token of the provider account
         * @example a-token-of-your-choice
         */
        'hub.verify_token': string;
        /**
         * @description What is to be answered
         * @example 1158201444
         */
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
        content: {
          /** @example 1158201444 */
          'text/plain': string;
        };
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
        /**
         * @example {
         *       "object": "whatsapp_business_account",
         *       "entry": [
         *         {
         *           "id": "102290129340398",
         *           "changes": [
         *             {
         *               "field": "messages",
         *               "value": {
         *                 "messaging_product": "whatsapp",
         *                 "metadata": {
         *                   "display_phone_number": "15550000000",
         *                   "phone_number_id": "106540352242922"
         *                 },
         *                 "messages": [
         *                   {
         *                     "from": "4915110200034",
         *                     "id": "wamid.X",
         *                     "timestamp": "1790000000",
         *                     "type": "text",
         *                     "text": {
         *                       "body": "STOP"
         *                     }
         *                   }
         *                 ]
         *               }
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description Stored; says how many statuses and replies were ours */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "received": 1
           *     }
           */
          'application/json': components['schemas']['WhatsappProviderAccountsCallbacksAnswer'];
        };
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
