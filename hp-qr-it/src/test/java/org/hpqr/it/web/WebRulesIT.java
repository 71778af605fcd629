package org.hpqr.it.web;

import java.util.stream.Stream;
import org.hpqr.testkit.standard.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that are shown over the wire, each with the tests of this module that show it; the others are in WebRuleCoverageTest. */
class WebRulesIT {

    static Stream<Rule> transactions() {
        return Stream.of(
                Rule.of("PS3.18 8.9", "Retrieve Capabilities; an AE title that is not served is not found",
                        "WebTransactionsIT#capabilitiesAreDescribed", "WebTransactionsIT#anAeTitleThatIsNotServedIsNotFound"),
                Rule.of("PS3.18 12.6", "Search: one object a match, with its Retrieve URL; one part a match in XML; 204 without a match",
                        "WebTransactionsIT#searchReturnsOneObjectAMatchWithItsRetrieveUrl", "WebTransactionsIT#searchInXmlHasOnePartAMatch",
                        "WebTransactionsIT#keysSelect", "WebTransactionsIT#nothingIs204", "WebClientsIT#pydicomStoresFindsAndFetches"),
                Rule.of("PS3.18 12.6", "keys, types of matching and what is returned are those of the C-FIND",
                        "WebAndDimseIT#searchesAndFindsHaveTheSameAnswers"),
                Rule.of("PS3.18 12.4", "Retrieve", "WebTransactionsIT#retrieveInEachMediaType", "WebTransactionsIT#whatIsNotThereIsNotFound",
                        "WebClientsIT#pydicomStoresFindsAndFetches"),
                Rule.of("PS3.18 12.5", "Store: each instance stands for itself; the path names the only one",
                        "WebTransactionsIT#storeInEachMediaType", "WebTransactionsIT#eachInstanceStandsForItself",
                        "WebTransactionsIT#thePathNamesTheInstance", "WebTransactionsIT#whatCannotBeStoredIsRefused",
                        "WebClientsIT#pydicomStoresFindsAndFetches"),
                Rule.of("PS3.18 12.1.3", "every media type of the service", "WebTransactionsIT#retrieveInEachMediaType",
                        "WebTransactionsIT#storeInEachMediaType"),
                Rule.of("PS3.18 8.7.3.5.2", "files are in Explicit VR", "WebClientsIT#objectsAreSentInExplicitVr"),
                Rule.of("PS3.18 Annex F", "other implementations write the same JSON", "WebClientsIT#jsonIsThatOfDcmtk"),
                Rule.of("PS3.19 A.1", "XML of other implementations is read, and is the same", "WebClientsIT#documentsOfDcmtkAreStored",
                        "WebClientsIT#documentsAreThoseOfDcmtk"));
    }

    static Stream<Rule> requests() {
        return Stream.of(
                Rule.of("PS3.18 8.7.8.1", "negotiation of the media type", "WebTransactionsIT#mediaTypesAreNegotiated"),
                Rule.of("PS3.18 8.8.1", "UTF-8, whatever is asked for", "WebTransactionsIT#answersAreUtf8WhateverCharacterSetIsAskedFor"),
                Rule.of("PS3.18 8.7.5", "406 without Accept", "WebTransactionsIT#mediaTypesAreNegotiated"),
                Rule.of("PS3.18 8.3.4", "400 for what is no query", "WebTransactionsIT#badRequestsAre400"),
                Rule.of("PS3.18 8.3.4.2", "warnings say what was not done", "WebTransactionsIT#whatIsNotDoneIsSaidInWarnings"),
                Rule.of("PS3.18 8.3.4.4", "pages are stable and say what is left", "WebTransactionsIT#pagesAreStableAndSayWhatIsLeft",
                        "WebTransactionsIT#moreThanMaxMatchesAreLeftForAnotherRequest"),
                Rule.of("RFC 9110 9.3.2", "HEAD is answered like GET", "WebTransactionsIT#headIsGetWithoutBody"),
                Rule.of("RFC 9110 15.5.6", "405 with Allow", "WebTransactionsIT#otherMethodsAreNotAllowed"),
                Rule.of("RFC 9110 13.1.2", "ETag and If-None-Match", "WebTransactionsIT#retrieveIsConditional",
                        "WebTransactionsIT#anInstanceIsStoredOnlyAsANewOneOrOnlyInPlaceOfAnother"),
                Rule.of("RFC 9110 13.1.1", "If-Match is a list", "WebTransactionsIT#aRequestForAnotherVersionFails"),
                Rule.of("RFC 9110 15.5.16", "415 for a compressed body", "WebTransactionsIT#aCompressedBodyIsNotSupported"),
                Rule.of("RFC 9110 12.5.5", "Vary", "WebTransactionsIT#whatAnAnswerDependsOnIsSaid"),
                Rule.of("RFC 9112 6.3", "two lengths, or a length beside chunked coding: 400", "WebTransactionsIT#oneRequestIsOneRequest"),
                Rule.of("Fetch 3.2", "CORS: configured origins only; a pre-flight request is none for the capabilities",
                        "WebTransactionsIT#onlyConfiguredOriginsMayReadAndChange"));
    }

    static Stream<Rule> limits() {
        return Stream.of(
                Rule.of("RFC 9110 15.5.14", "413", "WebTransactionsIT#theSizeOfARequestHasALimit", "WebLimitsIT#aRequestThatIsTooLargeIs413"),
                Rule.of("RFC 9110 15.5.9", "408", "WebLimitsIT#aRequestThatComesTooSlowlyIs408"),
                Rule.of("RFC 9110 10.2.3", "503 with Retry-After", "WebLimitsIT#tooManySearchesAreAnswered503WithRetryAfter",
                        "HostileHttpIT#withoutMemoryLargeRequestsAreAnswered503WithRetryAfter"),
                Rule.of("RFC 9110 15.6.4", "503 for a search that takes too long", "WebLimitsIT#aSearchThatTakesTooLongIs503WithRetryAfter",
                        "WebLimitsIT#aSearchThatTakesTooLongBeforeItsAnswerIsSentIs503"),
                Rule.of("RFC 9110 15.6.4", "an answer that has begun does not look complete",
                        "WebLimitsIT#aSearchThatTakesTooLongInTheMiddleOfItsAnswerIsBrokenOff"),
                Rule.of("PS3.18 Annex I", "an instance beyond the limits is named with its reason",
                        "WebLimitsIT#keysSizeDepthAndItemsHaveTheLimitsOfTheDimseServices"));
    }

    static Stream<Rule> beyondTheStandard() {
        return Stream.of(
                Rule.of("PS3.4 GG.5.2", "retired and restored; success promises access, so storing it again restores it",
                        "WebTransactionsIT#whatIsRetiredIsNotFoundUntilItIsRestored"),
                Rule.of("RFC 9110 13.1.1", "a change that meets another is 412; only what is retired is deleted; a replacement is undone",
                        "WebTransactionsIT#onlyWhatIsRetiredAndKnownIsDeleted", "WebTransactionsIT#aReplacementByMistakeIsUndone"),
                Rule.of("PS3.3 C.23.1", "copies name their source, the history names both",
                        "WebTransactionsIT#aCopyHasItsOwnUidAndNamesItsSource", "WebTransactionsIT#theHistoryNamesSourcesAndCopies"),
                Rule.of("PS3.10 7", "export and import as an archive of files", "WebTransactionsIT#whatIsExportedIsImported"));
    }

    @ParameterizedTest
    @MethodSource({"transactions", "requests", "limits", "beyondTheStandard"})
    void hasTestsThatNameItsClause(Rule rule) throws Exception {
        rule.assertTested(getClass());
    }
}
