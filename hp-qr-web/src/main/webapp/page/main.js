// Opens the view that the address names.

import { aeTitles, Service } from './api.js';
import { element, explained } from './dom.js';
import { language, otherLanguages, say } from './i18n.js';
import { address, go, parameters, problem, report } from './page.js';
import { Permissions } from './permissions.js';
import './applicable.js';
import './compare.js';
import './detail.js';
import './explain.js';
import './import.js';
import './list.js';

/** The element of each view, by its name in the address (view=). It is given service, aeTitle, uid and permissions. */
const VIEWS = {
  list: 'hp-list',
  retired: 'hp-list',
  detail: 'hp-detail',
  compare: 'hp-compare',
  import: 'hp-import',
  explain: 'hp-explain',
  applicable: 'hp-applicable',
};
/** The views in the navigation. */
const NAVIGATION = [['list', 'list'], ['import', 'import'], ['retired', 'retiredList'],
  ['explain', 'explain.navigation'], ['applicable', 'applicable.navigation']];

const content = document.getElementById('content');
let titles;
let permissions;

function view(aeTitle) {
  const asked = parameters();
  const uid = asked.get('uid');
  const name = asked.get('view') ?? (uid ? 'detail' : 'list');
  const made = document.createElement(Object.hasOwn(VIEWS, name) ? VIEWS[name] : VIEWS.list);
  return Object.assign(made, { service: new Service(aeTitle), aeTitle, uid, permissions });
}

function navigation(aeTitle) {
  const options = titles.map(title => element('option', { value: title, selected: title === aeTitle, text: title }));
  document.getElementById('navigation').replaceChildren(
    ...NAVIGATION.filter(([name]) => name !== 'import' || permissions.mayStore).map(([name, text]) => element('a', { href: address({ aet: aeTitle, view: name === 'list' ? null : name }), text: say(text) })),
    permissions.user.name ? element('span', { text: say('loggedIn', { name: permissions.user.name }) }) : '',
    titles.length > 1 ? explained(say('aeTitle'), say('aeTitleHelp'), element('select', {
      onchange: event => go(address({ aet: event.target.value })),
    }, ...options)) : '',
    ...otherLanguages.map(([tag, name]) => element('a', { href: inLanguage(tag), lang: tag, hreflang: tag, text: name })));
}

/** The address of this view in another language: the page is loaded again, with the texts of that language. */
function inLanguage(tag) {
  const asked = parameters();
  asked.set('lang', tag);
  return `${location.pathname}?${asked}`;
}

async function open() {
  document.title = say('title');
  try {
    titles ??= await aeTitles();
    const asked = parameters().get('aet');
    const aeTitle = titles.includes(asked) ? asked : titles[0];
    permissions ??= new Permissions(await new Service(aeTitle).user());
    navigation(aeTitle);
    content.replaceChildren(view(aeTitle));
  } catch (e) {
    content.replaceChildren(problem(e, open));
  }
}

document.documentElement.lang = language;
document.getElementById('title').textContent = say('title');
document.getElementById('skip').textContent = say('skip');
addEventListener('popstate', () => {
  report('');
  open();
  content.focus();
});
// a file that is dropped beside the place for it does not take the place of the page
addEventListener('dragover', event => event.preventDefault());
addEventListener('drop', event => event.preventDefault());
// links within the page change the view without loading the page again
document.addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0)
    return;
  const href = link.getAttribute('href');
  if (href.startsWith('?') || href === './') {
    event.preventDefault();
    go(link.href);
  }
});
open();
