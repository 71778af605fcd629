package org.hpqr.web;

import java.util.stream.Stream;
import org.hpqr.testkit.standard.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of PS3.18 that bind an origin server of the Non-Patient Instance Service, as far as they are shown without a server,
 * each with its tests. Those that are shown over the wire are in WebRulesIT.
 */
class WebRuleCoverageTest {

    static Stream<Rule> mediaTypes() {
        return Stream.of(
                Rule.of("PS3.18 12.1.3", "bodies of a store: a file, JSON, XML, and each of them as parts",
                        "SentInstancesTest#aFileIsAnInstanceAsItIsEncoded", "SentInstancesTest#partsMayBeOfEachType",
                        "SentInstancesTest#otherMediaTypesAreRefused"),
                Rule.of("PS3.18 8.7.5", "a request without Accept accepts nothing", "ContentNegotiationTest#noHeaderAcceptsNothing"),
                Rule.of("PS3.18 8.7.8.1", "which of the acceptable media types is chosen",
                        "ContentNegotiationTest#theQueryParameterGoesFirst", "ContentNegotiationTest#severalHeaderFieldsAreOneList"),
                Rule.of("PS3.18 8.7.4", "DICOM and rendered media types are not mixed", "ContentNegotiationTest#kindsAreNotMixed"),
                Rule.of("PS3.18 8.8", "JSON and XML are UTF-8, whatever the object's character set is",
                        "DicomJsonWriterTest#f1_textIsUtf8AndSpecificCharacterSetSaysSo", "NativeDicomWriterTest#textIsUtf8AndSpecificCharacterSetSaysSo",
                        "DicomJsonReaderTest#f1_textIsUtf8WhateverTheSenderSays", "DicomJsonReaderTest#otherEncodingsThanUtf8AreRefused",
                        "TextFormatRoundTripTest#bothKeepTheValuesOfProtocolsInEveryCharacterSet"),
                Rule.of("PS3.18 Annex F", "the DICOM JSON Model",
                        "TextModelSchemaTest#jsonIsADicomJsonModel", "TextModelSchemaTest#severalDataSetsAreOneArray",
                        "DicomJsonWriterTest#f2_2_anArrayOfObjectsWithTagsInOrderAndVrAlways", "DicomJsonWriterTest#f2_2_tagsAreUnsigned",
                        "DicomJsonWriterTest#f2_5_anEmptyAttributeHasNoValue",
                        "DicomJsonWriterTest#f2_5_anEmptyValueAmongOthersIsNullAndAnEmptyItemAnObject",
                        "DicomJsonWriterTest#f2_3_numbersOfIsDsAndBinaryVrsAreNumbers", "DicomJsonWriterTest#f2_2_aPersonNameHasItsComponentGroups",
                        "DicomJsonWriterTest#f2_7_aBinaryValueIsInlineBase64InLittleEndian", "DicomJsonWriterTest#noGroupLengths",
                        "DicomJsonReaderTest#oneObjectAfterTheOtherIsRead", "DicomJsonReaderTest#f2_5_noValueAndNullAreEmptyValues",
                        "DicomJsonReaderTest#decimalsComeAsNumbersOrStrings", "TextFormatRoundTripTest#jsonKeepsTheValues"),
                Rule.of("PS3.19 A.1", "the Native DICOM Model, read without resolving anything",
                        "TextModelSchemaTest#xmlIsANativeDicomModel",
                        "NativeDicomWriterTest#a1_5_attributesWithTagVrAndKeywordAndNumberedValues", "NativeDicomWriterTest#a1_5_itemsAndBinaryValues",
                        "NativeDicomWriterTest#a1_5_personNamesInTheirComponents",
                        "NativeDicomWriterTest#a1_5_2_privateElementsNameTheirCreatorInsteadOfTheirBlock",
                        "NativeDicomReaderTest#a1_5_valuesGoToTheirNumbers", "NativeDicomReaderTest#a1_5_2_privateElementsFindTheirCreator",
                        "NativeDicomReaderTest#nothingIsResolved", "TextFormatRoundTripTest#xmlKeepsTheValues"));
    }

    static Stream<Rule> search() {
        return Stream.of(
                Rule.of("PS3.18 8.3.4.1", "attributes by keyword or tag, with dots into sequences, each once",
                        "SearchRequestTest#anAttributeIsNamedByKeywordOrTag", "SearchRequestTest#dotsLeadIntoSequences",
                        "SearchRequestTest#anAttributeTwiceIsRefused"),
                Rule.of("PS3.18 8.3.4.1", "commas separate UIDs, and nothing separates other values",
                        "SearchRequestTest#commasSeparateUidsAndNothingElse", "SearchRequestTest#aBackslashSeparatesNothing"),
                Rule.of("PS3.18 8.3.4.1", "a private attribute needs its creator", "SearchRequestTest#aPrivateAttributeNeedsItsCreator"),
                Rule.of("PS3.18 8.3.1", "percent-encoded UTF-8, in which a plus sign is one",
                        "SearchRequestTest#valuesArePercentEncodedUtf8", "SearchRequestTest#brokenEncodingIsRefused"),
                Rule.of("PS3.18 8.3.4", "an unknown parameter is ignored, a known one with a bad value refused",
                        "SearchRequestTest#anUnknownParameterIsIgnored", "SearchRequestTest#aKnownParameterWithABadValueIsRefused"),
                Rule.of("PS3.4 C.2.2.2.3", "no value is universal matching", "SearchRequestTest#anEmptyValueIsUniversalMatching"),
                Rule.of("PS3.4 K.4-1", "an attribute that is no key is ignored, and the client is told so",
                        "SearchRequestTest#anAttributeThatIsNoKeyIsNamedInAWarning"),
                Rule.of("PS3.18 8.3.4.2", "fuzzymatching: a warning where it is not done",
                        "SearchRequestTest#matchingThatIsNotSupportedIsNamedInAWarning"),
                Rule.of("PS3.18 8.3.4.3", "includefield, one or several, and all", "SearchRequestTest#includefieldAddsAttributes",
                        "SearchRequestTest#includefieldAllAsksForWholeSequences"),
                Rule.of("PS3.18 8.3.4.4", "limit and offset", "SearchRequestTest#limitAndOffset"),
                Rule.of("PS3.18 8.3.4.5", "emptyvaluematching", "SearchRequestTest#anEmptyValueIsMatched",
                        "SearchRequestTest#quotationMarksAreAValueUnlessEmptyValueMatchingIsAskedFor"),
                Rule.of("PS3.18 8.3.4.6", "multiplevaluematching", "SearchRequestTest#multipleValueMatchingAppliesToNoKey"),
                Rule.of("PS3.4 Table U.6-1", "what comes without being asked for: return types 1, 1C and 2", "SearchRequestTest#defaultAttributes"));
    }

    static Stream<Rule> storeAndCapabilities() {
        return Stream.of(
                Rule.of("PS3.18 12.5", "each instance stands for itself; the status says what became of all",
                        "SentInstancesTest#aBrokenPartCostsOnlyItself", "StoreResultTest#oneStoredInstanceIsSuccess",
                        "StoreResultTest#conflictsAndLackOfResourcesHaveTheirStatus"),
                Rule.of("PS3.18 Annex I", "the store instances response",
                        "StoreResultTest#storedInstancesAreReferencedWithTheirRetrieveUrl", "StoreResultTest#failedInstancesAreNamedWithTheirReason",
                        "StoreResultTest#whatIsNoUidIsNotRepeated"),
                Rule.of("PS3.10 7", "an archive holds files", "SentInstancesTest#anArchiveHoldsAFileInEachEntry"),
                Rule.of("PS3.18 8.9", "the capabilities name what there is, and nothing else",
                        "CapabilitiesTest#wadlNamesEachTransaction", "CapabilitiesTest#everyParameterIsUnderstood",
                        "CapabilitiesTest#mediaTypesAreThoseOfTheTransactions", "WebConformanceTest#everyNamedBodyIsAccepted"),
                Rule.of("PS3.18 Annex H", "as WADL", "CapabilitiesTest#wadlNamesEachTransaction"),
                Rule.of("PS3.18 Annex G", "and as JSON", "CapabilitiesTest#jsonSaysTheSame"),
                Rule.of("RFC 9110 8.8.3", "with an ETag", "CapabilitiesTest#theTagChangesWithTheContent"),
                Rule.of("PS3.2 N.5.3.4", "the conformance statement says the same",
                        "WebConformanceTest#mediaTypesOfEachTransaction", "WebConformanceTest#everyQueryParameterIsInItsTable"));
    }

    @ParameterizedTest
    @MethodSource({"mediaTypes", "search", "storeAndCapabilities"})
    void hasTestsThatNameItsClause(Rule rule) throws Exception {
        rule.assertTested(getClass());
    }
}
