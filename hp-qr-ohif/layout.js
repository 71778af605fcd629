/** The layout that is on the screen, as a hanging protocol of OHIF. */
import mapping from './mapping.js';

/** 2.25 and a UUID (PS3.5 B.2). */
const newUid = () => `2.25.${BigInt(`0x${globalThis.crypto.randomUUID().replaceAll('-', '')}`)}`;

const equalTo = (attribute, value) => ({ attribute, weight: 1, required: true, constraint: { equals: { value } } });

/**
 * @param {object} services of OHIF
 * @param {{name: string, description?: string, availableTo?: object}} options
 */
export function currentLayout({ hangingProtocolService, viewportGridService, displaySetService }, { name, description, availableTo }) {
  const { layout, viewports } = viewportGridService.getState();
  const { studies } = hangingProtocolService;
  const selectors = {};
  const modalities = new Set();
  let priors = 0;

  const selectorOf = uid => {
    const displaySet = displaySetService.getDisplaySetByUID(uid);
    const study = Math.max(0, studies.findIndex(({ StudyInstanceUID }) => StudyInstanceUID === displaySet.StudyInstanceUID));
    priors = Math.max(priors, study);
    if (study === 0)
      modalities.add(displaySet.Modality);
    const id = `${study === 0 ? 'current' : `prior ${study}`} ${displaySet.SeriesDescription || displaySet.Modality}`;
    selectors[id] = {
      studyMatchingRules: [{ ...equalTo('studyInstanceUIDsIndex', study), from: 'options' }],
      seriesMatchingRules: [equalTo('Modality', displaySet.Modality),
        ...(displaySet.SeriesDescription ? [equalTo('SeriesDescription', displaySet.SeriesDescription)] : [])],
    };
    return id;
  };

  const shown = [...viewports.values()].filter(viewport => viewport.displaySetInstanceUIDs?.length);
  if (!shown.length)
    throw new Error('No viewport shows anything');
  const stage = {
    name,
    viewportStructure: {
      layoutType: 'grid',
      properties: {
        rows: layout.numRows,
        columns: layout.numCols,
        layoutOptions: shown.map(({ x, y, width, height }) => ({ x, y, width, height })),
      },
    },
    viewports: shown.map(({ displaySetInstanceUIDs, viewportOptions = {}, displaySetOptions = [] }) => {
      // the ids are of this session
      const { viewportId, ...kept } = viewportOptions;
      return {
        viewportOptions: kept,
        displaySets: displaySetInstanceUIDs.map((uid, i) => ({ id: selectorOf(uid), options: displaySetOptions[i]?.options ?? displaySetOptions[i] ?? {} })),
      };
    }),
  };
  return {
    id: newUid(),
    name,
    description: description ?? name,
    createdDate: new Date().toISOString(),
    availableTo,
    editableBy: {},
    // preferred as any other of this level
    protocolMatchingRules: [{ attribute: 'ModalitiesInStudy', weight: mapping.weights[availableTo?.level] ?? 1, required: true,
      constraint: { includes: [...modalities] } }],
    numberOfPriorsReferenced: priors === 0 ? -1 : priors,
    displaySetSelectors: selectors,
    stages: [stage],
  };
}
