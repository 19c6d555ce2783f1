/**
 * How the pages look, as one stylesheet that each page carries: nothing is fetched before the login. Colours are named by
 * what they mean, in light and in dark; none is the only sign of anything, a word stands beside each.
 */
import { createHash } from 'node:crypto';

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #fff; --line: #dfe3e8; --text: #16191d; --soft: #5b6570; --link: #0b57b7; --track: #e6e9ed;
  --ok: #136c38; --ok-fill: #2a9d57; --ok-back: #e4f5ea;
  --warn: #7d4a00; --warn-fill: #d98b0b; --warn-back: #fdf0d8;
  --bad: #a5160f; --bad-fill: #d33a2f; --bad-back: #fdeae8;
  --plot: #3c78c8; --plot-soft: #3c78c855; --button: #fff; --button-line: #b9c1ca;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #111418; --card: #1a1f25; --line: #2e353d; --text: #e7eaee; --soft: #9ba6b2; --link: #8bb8ff; --track: #2b323a;
    --ok: #7fdca1; --ok-fill: #2f9e5a; --ok-back: #12301f;
    --warn: #f5c16c; --warn-fill: #c98516; --warn-back: #35270d;
    --bad: #ff9d94; --bad-fill: #cf4339; --bad-back: #3b1613;
    --plot: #7fb0f5; --plot-soft: #7fb0f555; --button: #232a32; --button-line: #48525d;
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text) }
a { color: var(--link) }
h1, h2, h3, p, ul, dl, dd { margin: 0; padding: 0 }
h2 { font-size: 1.05rem; font-weight: 650 }
h3 { font-size: 1rem; font-weight: 650; overflow-wrap: anywhere }
ul { list-style: none }
.quiet { color: var(--soft) } .small { font-size: .87rem }
.number { font-variant-numeric: tabular-nums }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px }

.top { background: var(--card); border-bottom: 1px solid var(--line) }
.top > div { max-width: 76rem; margin: 0 auto; padding: .6rem 1rem; display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; align-items: center }
.top .name { font-weight: 700; font-size: 1.1rem; color: inherit; text-decoration: none }
.top nav { display: flex; flex-wrap: wrap; gap: 0 1.1rem }
.top nav a { padding: .3rem 0; text-decoration: none } .top nav a:hover { text-decoration: underline }
.top nav a[aria-current] { color: inherit; font-weight: 600; box-shadow: inset 0 -2px var(--text) }
.top form { margin-left: auto; display: flex; gap: .75rem; align-items: center }
main { max-width: 76rem; margin: 0 auto; padding: 0 1rem 3rem; overflow-wrap: anywhere }
main.narrow { padding-top: 1.5rem }
main > section, #live > section { margin-top: 1.1rem }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.1rem }
.card > header { display: flex; flex-wrap: wrap; gap: .35rem 1rem; align-items: center; justify-content: space-between; margin-bottom: .7rem }
.card > header p { margin-right: auto }

.headline { border-radius: 10px; padding: 1.1rem 1.25rem; border: 1px solid; border-left-width: 8px }
.headline.ok { background: var(--ok-back); border-color: var(--ok-fill) }
.headline.attention { background: var(--warn-back); border-color: var(--warn-fill) }
.headline.problem { background: var(--bad-back); border-color: var(--bad-fill) }
.headline h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 700; letter-spacing: -.01em; display: flex; flex-wrap: wrap; gap: .35rem .75rem; align-items: center }
.headline > p { margin-top: .4rem }
.headline .reasons { margin-top: .9rem; display: grid; gap: .75rem }
.headline .reasons li { border-top: 1px solid var(--line); padding-top: .75rem; display: grid; grid-template-columns: 5.6rem 1fr; gap: .2rem .75rem }
.headline .reasons li > div { min-width: 0; overflow-wrap: anywhere }
.headline .reasons strong { font-weight: 600 }
.tag { display: inline-block; border-radius: 5px; padding: .08rem .5rem; font-size: .8rem; font-weight: 650; line-height: 1.5; white-space: nowrap; justify-self: start; border: 1px solid var(--line); background: var(--card) }
.reasons .tag { align-self: start }
.tag.ok { color: #fff; background: var(--ok-fill); border-color: transparent } .tag.attention { color: #201400; background: var(--warn-fill); border-color: transparent } .tag.problem { color: #fff; background: var(--bad-fill); border-color: transparent }
.ok-text { color: var(--ok) } .warn-text { color: var(--warn); font-weight: 600 } .bad-text { color: var(--bad); font-weight: 600 }

.channels { display: grid; gap: 1.1rem }
.channel { display: grid; gap: .9rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); align-items: end }
.channel > div { align-self: start } .channel h2 { margin-bottom: .5rem }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(5rem, 1fr)); gap: .5rem .75rem; margin: 0 }
.figures dt { font-size: .8rem; color: var(--soft) } .figures dd { font-size: 1.15rem; font-weight: 600; font-variant-numeric: tabular-nums }
.figures dd small { display: block; font-size: .8rem; font-weight: 400; color: var(--soft) }
.figures dd.warn-text small { color: inherit }
figure { margin: 0; min-width: 0 } figcaption strong { color: var(--text) } figcaption { display: flex; justify-content: space-between; gap: .75rem; font-size: .8rem; color: var(--soft); font-variant-numeric: tabular-nums }
svg.plot { display: block; width: 100%; height: 44px; margin-top: .15rem; border-bottom: 1px solid var(--line) }
svg.plot .bars { fill: var(--plot) } svg.plot .band { fill: var(--plot-soft) }

.run { padding: .9rem 0; border-top: 1px solid var(--line) } .run:first-child { border-top: 0; padding-top: 0 } .run:last-child { padding-bottom: 0 }
.run .title { display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: center }
.run .title .quiet { overflow-wrap: anywhere }
.run .buttons { margin-left: auto; display: flex; flex-wrap: wrap; gap: .5rem }
svg.progress { display: block; width: 100%; height: 12px; border-radius: 6px; background: var(--track); margin: .6rem 0 .45rem }
svg.progress .done { fill: var(--ok-fill) } svg.progress .failed { fill: var(--bad-fill) } svg.progress .unknown { fill: var(--warn-fill) } svg.progress .left-out { fill: var(--soft) } svg.progress .air { fill: var(--plot) }
.run .numbers { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; font-variant-numeric: tabular-nums }
.key::before { content: ""; display: inline-block; width: .6rem; height: .6rem; border-radius: 2px; margin-right: .35rem; background: currentColor }
.key.done::before { background: var(--ok-fill) } .key.failed::before { background: var(--bad-fill) } .key.unknown::before { background: var(--warn-fill) } .key.left-out::before { background: var(--soft) } .key.air::before { background: var(--plot) } .key.waits::before { background: var(--track); box-shadow: inset 0 0 0 1px var(--button-line) }

.pair { display: grid; gap: 1.1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)) }
.rows li { display: flex; flex-wrap: wrap; gap: .3rem .75rem; align-items: center; padding: .5rem 0; border-top: 1px solid var(--line) } .rows li:first-child { border-top: 0; padding-top: 0 } .rows li:last-child { padding-bottom: 0 }
.rows li > div { flex: 1 1 12rem; min-width: 0; overflow-wrap: anywhere }

button, .button { font: inherit; font-weight: 550; line-height: 1.3; padding: .42rem .9rem; border-radius: 7px; border: 1px solid var(--button-line); background: var(--button); color: inherit; cursor: pointer; text-decoration: none; display: inline-block; white-space: nowrap }
button:hover, .button:hover { border-color: var(--text) }
button.primary { background: var(--link); border-color: var(--link); color: #fff }
button.danger, .button.danger { color: var(--bad); border-color: var(--bad-fill) }
button.danger.primary { background: var(--bad-fill); color: #fff }
button.plain { border-color: transparent; background: none; padding: .3rem .2rem; color: var(--link); font-weight: 400 }
@media (prefers-color-scheme: dark) { button.primary:not(.danger) { color: #0d1a2b } }
form.inline { display: inline }
.said { margin-top: 1.1rem; padding: .6rem 1rem; border-radius: 8px; border: 1px solid var(--button-line); background: var(--card) }
.stale { margin: 1.1rem 0 0; padding: .6rem 1rem; border-radius: 8px; background: var(--bad-back); color: var(--bad); font-weight: 600 }
.stale[hidden] { display: none }

.narrow { max-width: 40rem } .narrow h1 { font-size: 1.4rem; line-height: 1.25; margin-bottom: .6rem; overflow-wrap: anywhere } .narrow p + p { margin-top: .6rem }
.answers { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.1rem; align-items: center }
label { display: block; margin: .8rem 0; font-weight: 550 }
label.check { display: flex; gap: .6rem; align-items: baseline; font-weight: 400 }
input:not([type=checkbox]), select { display: block; width: 100%; font: inherit; padding: .5rem .6rem; margin-top: .25rem; border: 1px solid var(--button-line); border-radius: 7px; background: var(--button); color: inherit }
.login { max-width: 22rem; margin: 12vh auto 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.6rem 1.5rem }
.login h1 { font-size: 1.5rem } .login button { width: 100%; margin-top: .4rem; padding: .55rem } .refusal { color: var(--bad); font-weight: 600 }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere } th { font-size: .85rem; color: var(--soft); font-weight: 500 } td.number, th.number { text-align: right; padding-right: 0 }
@media (max-width: 34rem) {
  .headline { padding: .9rem 1rem } .headline h1 { font-size: 1.4rem } .headline .reasons li { grid-template-columns: 1fr }
  .card { padding: .9rem } .run .buttons { margin: .4rem 0 0; width: 100% } .run .buttons button, .run .buttons .button { padding: .5rem .9rem }
  .login { margin: 1.5rem 1rem 0 }
}
`;

/** For the policy: the browser applies this stylesheet and no other. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
