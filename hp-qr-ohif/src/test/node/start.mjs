/**
 * Starts OHIF with one extension, and the protocol that every OHIF has.
 *
 * @param {object} core of OHIF
 * @param {object} hangingProtocolServer of the app-config
 * @param {object} authorization header of the user who is logged in
 */
export async function start(core, extension, hangingProtocolServer, authorization) {
  const commandsManager = new core.CommandsManager();
  const servicesManager = new core.ServicesManager(commandsManager);
  servicesManager.registerServices(['HangingProtocolService', 'UserAuthenticationService', 'DisplaySetService', 'ViewportGridService']
    .map(name => core[name].REGISTRATION)
    .map(registration => ({ ...registration, create: options => registration.create({ ...options, commandsManager, servicesManager }) })));
  const { services } = servicesManager;
  services.userAuthenticationService.setServiceImplementation({ getAuthorizationHeader: () => authorization });
  services.hangingProtocolService.addProtocol('default', { id: 'default', name: 'Default', protocolMatchingRules: [], displaySetSelectors: {},
    stages: [{ name: 'default', viewportStructure: { layoutType: 'grid', properties: { rows: 1, columns: 1 } }, viewports: [{ displaySets: [] }] }] });
  const extensionManager = new core.ExtensionManager({ commandsManager, servicesManager, hotkeysManager: {}, serviceProvidersManager: {},
    appConfig: { hangingProtocolServer } });
  services.hangingProtocolService.setActiveProtocolIds('default');
  await extensionManager.registerExtension(extension);
  extensionManager.onModeEnter();
  return { services, commandsManager };
}
