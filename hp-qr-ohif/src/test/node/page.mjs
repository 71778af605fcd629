/**
 * As little of a viewer as can be: OHIF's core, the extension, a chest X-ray with its prior, and a button for each command. The address
 * says which server, and the user's login: ?server=URL&user=NAME&password=PASSWORD. For the test, window.ohif has what there is to see.
 */
import extension from 'hp-qr-ohif';
import { start } from './start.mjs';

const said = [];
for (const level of ['groupCollapsed', 'info', 'warn', 'error']) {
  const say = console[level];
  console[level] = (...words) => {
    said.push(`${level}: ${words.join(' ')}`);
    say.apply(console, words);
  };
}

const parameters = new URLSearchParams(location.search);
const user = parameters.get('user');
const { services, commandsManager } = await start(globalThis['ohif-core'], extension,
  { url: parameters.get('server'), user: { value: user, scheme: '99HPQR' } },
  { Authorization: `Basic ${btoa(`${user}:${parameters.get('password')}`)}` });
const { hangingProtocolService, displaySetService, viewportGridService } = services;

const studies = ['current', 'prior'].map(name => ({ StudyInstanceUID: name, StudyDescription: 'Chest PA', ModalitiesInStudy: ['CR'] }));
const displaySets = studies.map(({ StudyInstanceUID }) => ({
  displaySetInstanceUID: `PA ${StudyInstanceUID}`, StudyInstanceUID, SeriesInstanceUID: `PA ${StudyInstanceUID}`, SeriesNumber: 1,
  Modality: 'CR', SeriesDescription: 'PA', numImageFrames: 1, instances: [{ Modality: 'CR', SeriesDescription: 'PA' }],
}));
displaySetService.addDisplaySets(...displaySets);
hangingProtocolService.run({ studies, displaySets, activeStudy: studies[0] });

// the grid of a viewer has what the engine has found
viewportGridService.setServiceImplementation({
  getState() {
    const { protocol, stageIndex } = hangingProtocolService.getActiveProtocol();
    const { rows, columns, layoutOptions } = protocol.stages[stageIndex].viewportStructure.properties;
    const found = [...hangingProtocolService.getMatchDetails().viewportMatchDetails.values()];
    return {
      layout: { numRows: rows, numCols: columns },
      viewports: new Map(found.map(({ viewportOptions, displaySetsInfo }, i) => [viewportOptions.viewportId, {
        ...layoutOptions[i], viewportOptions, displaySetInstanceUIDs: displaySetsInfo.map(({ displaySetInstanceUID }) => displaySetInstanceUID),
        displaySetOptions: displaySetsInfo.map(({ displaySetOptions }) => displaySetOptions),
      }])),
    };
  },
});

document.getElementById('choose').onclick = () => commandsManager.runCommand('chooseHangingProtocol');
document.getElementById('save').onclick = () => commandsManager.runCommand('saveHangingProtocol');
window.ohif = {
  protocols: () => hangingProtocolService.getProtocols().map(({ name }) => name).sort(),
  active: () => hangingProtocolService.getActiveProtocol().protocol.name,
  shown: () => [...hangingProtocolService.getMatchDetails().viewportMatchDetails.values()]
    .map(({ displaySetsInfo }) => displaySetsInfo.map(({ displaySetInstanceUID }) => displaySetInstanceUID).join()),
  protocol: name => hangingProtocolService.getProtocols().find(protocol => protocol.name === name),
  said: () => said,
};
