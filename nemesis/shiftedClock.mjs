/** Loaded into a process before everything else (`--import`): from then on its clock is as wrong as the `aheadMs` in this file's URL says. */
const aheadMs = Number(new URL(import.meta.url).searchParams.get('aheadMs'));
const { Date: RightDate } = globalThis;
const rightNow = RightDate.now.bind(RightDate);

RightDate.now = () => rightNow() + aheadMs;
globalThis.Date = new Proxy(RightDate, {
  construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [target.now()] : given, made),
  apply: (target) => new target(target.now()).toString(),
});
// Whoever asks a date how it is made gets one of the same clock.
RightDate.prototype.constructor = globalThis.Date;
