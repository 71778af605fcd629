// The attributes of a hanging protocol that the page shows, by their names in the standard (PS3.6), and how they are read
// from DICOM JSON (PS3.18 Annex F).

export const TAGS = {
  SOPInstanceUID: '00080018',
  Modality: '00080060',
  AnatomicRegionSequence: '00082218',
  ProcedureCodeSequence: '00081032',
  ReasonForRequestedProcedureCodeSequence: '0040100A',
  Laterality: '00200060',
  CodeValue: '00080100',
  CodingSchemeDesignator: '00080102',
  CodeMeaning: '00080104',
  LongCodeValue: '00080119',
  URNCodeValue: '00080120',
  HangingProtocolName: '00720002',
  HangingProtocolDescription: '00720004',
  HangingProtocolLevel: '00720006',
  HangingProtocolCreator: '00720008',
  HangingProtocolCreationDateTime: '0072000A',
  HangingProtocolDefinitionSequence: '0072000C',
  HangingProtocolUserIdentificationCodeSequence: '0072000E',
  HangingProtocolUserGroupName: '00720010',
  NumberOfPriorsReferenced: '00720014',
  NumberOfScreens: '00720100',
  RetrieveURL: '00081190',
  ReferencedSOPSequence: '00081199',
  ReferencedSOPInstanceUID: '00081155',
  FailedSOPSequence: '00081198',
  FailureReason: '00081197',
};

/** All values of an attribute; those that are empty are left out. */
export function values(dataset, keyword) {
  const element = dataset?.[TAGS[keyword]];
  return (element?.Value ?? []).filter(value => value !== null && value !== '');
}

/** The first value of an attribute as text, '' without one. */
export function text(dataset, keyword) {
  const value = values(dataset, keyword)[0];
  if (value === undefined)
    return '';
  return typeof value === 'object' ? value.Alphabetic ?? value.Ideographic ?? '' : String(value);
}

/** What a code means, or its value where it has no meaning. */
export function meaning(code) {
  return text(code, 'CodeMeaning') || text(code, 'CodeValue') || text(code, 'LongCodeValue') || text(code, 'URNCodeValue');
}

/** The codes in a sequence, in words. */
export function meanings(dataset, keyword) {
  return values(dataset, keyword).map(meaning).filter(Boolean);
}

/** A DICOM date and time (DT) in the reader's form; as it stands where it is not one. */
export function dateTime(value, language) {
  const parts = /^(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?/.exec(value);
  if (!parts)
    return value;
  const [, year, month, day, hour, minute] = parts;
  if (!day)
    return [year, month].filter(Boolean).join('-');
  const date = new Date(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0));
  return new Intl.DateTimeFormat(language, hour ? { dateStyle: 'medium', timeStyle: 'short' } : { dateStyle: 'medium' }).format(date);
}
