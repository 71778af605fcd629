package org.hpqr.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of the standard that bind an SCP of these service classes, each with the tests that show it. A test that is
 * named here says in its comment which clause it is about. Statuses have a table of their own: StatusCoverageTest.
 */
class RuleCoverageTest {

    /** Where the tests are. */
    private static final List<Path> SOURCES = List.of(Path.of("src/test/java"), Path.of("../hp-qr-standalone/src/test/java"));

    /** @param tests {@code Class#method} */
    private record Rule(String clause, String text, List<String> tests) {

        @Override
        public String toString() {
            return clause + ": " + text;
        }
    }

    private static Rule rule(String clause, String text, String... tests) {
        return new Rule(clause, text, List.of(tests));
    }

    static Stream<Rule> negotiation() {
        return Stream.of(
                rule("K.5.1", "FIND extended negotiation: answered if offered, byte by byte, fuzzy and time zone declined",
                        "DicomServerTest#extendedNegotiationIsAnsweredForFindOnly",
                        "DicomServerTest#findExtendedNegotiationIsNotAnsweredUnasked",
                        "FindScpTest#anAeWithoutQueryOptionsDoesNotAnswerExtendedNegotiation"),
                rule("U.4.2, U.4.3", "MOVE and GET have no extended negotiation",
                        "DicomServerTest#extendedNegotiationIsAnsweredForFindOnly"),
                rule("GG.2", "Storage has no extended negotiation, no level of support",
                        "DicomServerTest#extendedNegotiationIsAnsweredForFindOnly"),
                rule("D.3.3.4", "the requester of a C-GET offers the SCP role, the acceptor accepts it",
                        "DicomServerTest#requesterOfAGetMayTakeTheScpRole"),
                rule("C.5.3", "without the SCP role every sub-operation of a C-GET fails",
                        "GetScpTest#withoutTheScpRoleAllOfAGetFail"),
                rule("PS3.5 10.1", "Implicit VR Little Endian is supported",
                        "DicomServerTest#transferSyntaxesAreThoseConfigured", "FindScpTest#theAnswerIsTheSameInEveryTransferSyntax"));
    }

    static Stream<Rule> find() {
        return Stream.of(
                rule("Table U.6-1", "keys, their matching types and return types",
                        "HangingProtocolModelTest#rowsAreThoseOfTableU61AndTheExtensions", "ResponseTest#valueThatIsAskedFor"),
                rule("8-1a", "the attributes of coded entries",
                        "HangingProtocolModelTest#rowsAreThoseOfTableU61AndTheExtensions"),
                rule("Table 8-1b", "a code is compared by the attributes that have a value; Code Meaning is none of them",
                        "MatchingTest#codeMeaningIsNeverMatched", "MatchingTest#kindsOfCodeValueAreKeptApart"),
                rule("C.2.2.2.1", "single value: the whole value, case-sensitive and accent-sensitive; a number by its value",
                        "MatchingTest#singleValue", "MatchingTest#singleNumber", "CharacterSetTest#accentsCount"),
                rule("C.2.2.2.2", "list of UID", "MatchingTest#listOfUid"),
                rule("C.2.2.2.3", "universal: zero length, a sequence without an item or without attributes in it",
                        "MatchingTest#universal", "MatchingTest#universalSequence"),
                rule("C.2.2.2.4", "wild cards: any run of characters, exactly one character, case-sensitive",
                        "MatchingTest#wildCards", "CharacterSetTest#questionMarkStandsForOneCharacterHoweverManyBytesItHas"),
                rule("C.2.2.2.6", "all keys of an item are satisfied by the same stored item, at every level",
                        "MatchingTest#allKeysOfAnItemHoldForTheSameStoredItem", "MatchingTest#allKeysOfACodeHoldForTheSameCode",
                        "MatchingTest#keysOfDifferentSequencesHoldForTheSameDefinition"),
                rule("C.2.2.2.6", "of a sequence the items that match are returned, of them what was asked for",
                        "ResponseTest#sequenceIsReducedToTheItemsThatMatch",
                        "ResponseTest#codesAreReducedToThoseThatMatchWithinTheItemsThatMatch"),
                rule("C.2.2.2.6", "of a sequence asked for without attributes all is returned", "ResponseTest#wholeSequence"),
                rule("C.2.2.2.6", "a sequence key has one item", "RequestFormTest#severalItemsInASequenceKey"),
                rule("C.2.2.2", "Specific Character Set says how keys are encoded and is not matched",
                        "CharacterSetTest#keyFindsAnObjectInAnotherSet", "RequestFormTest#contextIsNoKey"),
                rule("C.2.2.2", "a character set that is not supported is answered as the conformance statement says",
                        "RequestFormTest#unknownCharacterSet", "FindScpTest#anUnknownCharacterSetC310"),
                rule("PS3.5 6.2", "padding is no part of a value", "MatchingTest#padding", "MatchingTest#paddingOfUidsAndUris"),
                rule("K.2.2.1.1.1", "an unknown value fails every key that is not universal",
                        "MatchingTest#unknownValue", "MatchingTest#versionIsComparedIfItIsAskedFor",
                        "GoldenQueryTest#aModalityLeavesOutTheProtocolWithoutModality"),
                rule("K.2.2.1.1.1", "a lone asterisk is universal", "MatchingTest#nothingButStarsIsUniversal"),
                rule("K.2.2.1.1.1", "any of the keys may be sent alone, so no UID is needed", "ResponseTest#valueThatIsAskedFor"),
                rule("K.2.2.1.1.2", "the value of an attribute that is no matching key is ignored",
                        "MatchingTest#valueOfAnAttributeThatIsNoKey"),
                rule("K.2.2.1.2", "return types 1, 2 and 3", "ResponseTest#valueThatIsUnknown", "ResponseTest#valueThatIsAskedFor"),
                rule("K.2.2.3", "one of several stored values matches, all are returned",
                        "MatchingTest#severalStoredValues", "MatchingTest#severalStoredNumbers",
                        "ResponseTest#allStoredValuesAreReturned"),
                rule("K.4.1.1.2", "priority need not be processed", "FindScpTest#responsesNameTheRequestWhateverItsPriority"),
                rule("K.4.1.1.3.2", "nothing is returned that was not asked for", "ResponseTest#nothingThatWasNotAskedFor",
                        "ResponseTest#retrieveAeTitleOnlyOnRequest"),
                rule("K.4.1.1.3.2", "Specific Character Set is in a response that needs it, in the SCP's choice of set",
                        "CharacterSetTest#setIsNamedOnlyIfItIsUsed", "CharacterSetTest#theSetOfTheRequestIsNotEchoed",
                        "CharacterSetTest#responseHasTheStoredBytesAndNamesTheirSet"),
                rule("K.4.1.1.3.2", "Timezone Offset From UTC may be added; that of the request is not matched",
                        "ResponseTest#timezoneComesWithTheTimeThatNeedsIt", "ResponseTest#theTimezoneOfTheRequestIsNotEchoed"),
                rule("K.4.1.1.3.2", "only pending responses have an identifier",
                        "FindScpTest#onePendingForEachMatchThenSuccessWithoutIdentifier"),
                rule("K.4.1.3.1", "a pending response for each match, then success; without a match only that",
                        "FindScpTest#onePendingForEachMatchThenSuccessWithoutIdentifier", "FindScpTest#noMatchIsSuccessOnly"),
                rule("K.4.1.3.1", "no keys, no matches", "RequestFormTest#emptyIdentifier",
                        "FindScpTest#anEmptyIdentifierIsSuccessOnly"),
                rule("K.4-1", "FF01 if an optional key is not supported, else FF00",
                        "FindScpTest#aKeyOutsideTheModelMakesEveryPendingFF01", "RequestFormTest#everyAttributeOfTheModelIsSupported"),
                rule("K.4-1", "A700 before or after matches", "FindLimitsTest#matches", "FindLimitsTest#findsAtATime"),
                rule("K.4-1", "A900 names the elements", "FindScpTest#aMalformedKeyA900"),
                rule("K.4-1", "FE00 after a C-CANCEL, without an identifier", "FindScpTest#cancelledBetweenTwoMatches"),
                rule("K.4-1", "Cxxx: unable to process", "FindScpTest#aQueryThatFailsAtTheSecondMatchC311",
                        "FindScpTest#anObjectThatCannotBeDecodedC311AfterAllOthers"),
                rule("PS3.7 9.3.2.2", "what the command set of a response holds",
                        "FindScpTest#responsesNameTheRequestWhateverItsPriority"),
                rule("PS3.7 Annex C", "0122, 0124, 0210, 0211, 0212", "RequestChecksTest#eachViolationHasItsStatus"),
                rule("PS3.17 V.5", "the example", "GoldenQueryTest#theThreeProtocolsOfTheExampleAreFound",
                        "GoldenQueryTest#pendingIsFF00AlthoughCodeMeaningHasAValue"));
    }

    static Stream<Rule> retrieve() {
        return Stream.of(
                rule("U.4.2, U.4.3", "the key is SOP Instance UID, one or a list; without one nothing is sent",
                        "RetrieveIdentifierTest#listsAreTakenAsTheyCome",
                        "RetrieveIdentifierTest#mismatchA900WithTheOffendingElement"),
                rule("U.4.2, U.4.3", "Query/Retrieve Level and other keys have no business there",
                        "RetrieveIdentifierTest#otherKeysAreIgnored", "RetrieveIdentifierTest#otherKeysAreA900IfStrict"),
                rule("C.4.2.3.1", "what is not held makes no sub-operation; the same UID twice makes one",
                        "RetrieveOutcomeTest#whatIsNotHeldIsNeitherCountedNorListed", "RetrieveOutcomeTest#noneHeldIsASuccessOfNothing",
                        "RetrieveOutcomeTest#aUidTwiceIsOneSubOperation"),
                rule("C.4.2.3.1", "the final status and counts of every mix of outcomes",
                        "RetrieveOutcomeTest#everyMixHasItsFinalStatus"),
                rule("C.4.2.3.1", "a destination that takes no presentation context fails all",
                        "RetrieveMisbehaviourTest#aDestinationThatAcceptsNoPresentationContext"),
                rule("C.4.2.3.1", "after a C-CANCEL what is under way ends, nothing else begins",
                        "RetrieveCancelTest#theSubOperationUnderWayEndsAndIsCounted",
                        "RetrieveCancelTest#whatFailedBeforeIsListedWhatNeverBeganIsNot"),
                rule("C.4.2.1.6", "Remaining only in pending and cancelled responses",
                        "RetrieveOutcomeTest#pendingAfterEachSubOperationButTheLast", "RetrieveOutcomeTest#everyMixHasItsFinalStatus"),
                rule("C.4.2.1.4.2", "the failed list, in the transfer syntax of the request, without a character set",
                        "RetrieveOutcomeTest#theFailedListIsInTheTransferSyntaxOfTheRequest"),
                rule("C.4.2", "a C-MOVE sends over another association", "SubOperationTest#ofAMoveTheyComeFromTheAeThatWasAsked"),
                rule("C.4.3", "a C-GET sends over its own association", "SubOperationTest#ofAGetTheyNameNoOriginator"),
                rule("C.4-2", "A801: the destination is not known", "MoveScpTest#unknownA801", "MoveScpTest#missingOrEmptyA801"),
                rule("PS3.7 9.1.1.1.6", "the originator is the AE that invoked the C-MOVE",
                        "SubOperationTest#ofAMoveTheyNameTheRequesterAndItsMessageId"),
                rule("PS3.7 9.1.1.1.1", "Message IDs of sub-operations are unique",
                        "SubOperationTest#theirMessageIdsAreUniqueAndNotThatOfTheRequest"),
                rule("PS3.7 9.1.3", "sub-operations have the priority of the request",
                        "SubOperationTest#theyHaveThePriorityOfTheRequest"),
                rule("PS3.7 9.1.3", "counts are 16-bit numbers: more matches are refused",
                        "LargeRetrieveTest#moreThan65535ObjectsHeldAreRefused"),
                rule("PS3.7 9.3", "a C-CANCEL for what has ended or never was is ignored",
                        "RetrieveCancelTest#afterTheEndItIsIgnored", "RetrieveCancelTest#ofAnUnknownMessageIdItIsIgnored"),
                rule("PS3.7 Annex C", "how the status of a sub-operation counts",
                        "RetrieveOutcomeTest#everyStatusOfASubOperationIsClassified"),
                rule("PS3.7 D.3.3.3", "the asynchronous operations window",
                        "SubOperationTest#oneIsUnderWayAtATimeUnlessMoreIsNegotiated",
                        "SubOperationTest#asManyAreUnderWayAsAreNegotiatedAndNoMore"));
    }

    static Stream<Rule> store() {
        return Stream.of(
                rule("GG.4.2", "every attribute is kept, private ones too, and no value is changed",
                        "StoreScpTest#bytesAreKeptAsReceived", "RetrieveConversionTest#privateAndUnknownElementsStayByteForByte"),
                rule("GG.1.2", "success means that it is stored", "StoreScpTest#successMeansRowAndBytes",
                        "StoreScpTest#commitThatIsNotDurableIsA700AndReplacesNoBytes"),
                rule("PS3.7 9.1.1.2", "no success before the whole data set has come", "ReceiveTimeoutTest#dataSetThatStopsEndsTheAssociation"),
                rule("GG.4-1", "A700", "StoreScpTest#fullStorageIsA700", "StoreScpTest#storageDownIsA700",
                        "StoreScpTest#databaseDownIsA700AndServiceGoesOnAfterwards"),
                rule("GG.4-1", "A900", "StoreScpTest#identityOfClassIsChecked", "StoreScpTest#identityOfInstanceIsChecked",
                        "StoreScpTest#whatFindMustReturnMustBeThere"),
                rule("GG.4-1", "C000", "StoreScpTest#whatCannotBeParsedIsC000"),
                rule("PS3.7 9.1.1.1.9", "0117, 0122, 0124, 0210, 0211, 0212", "StoreScpTest#invalidAffectedInstanceUidIs0117",
                        "RequestChecksTest#eachViolationHasItsStatus"),
                rule("PS3.5 6.2.2", "what came in implicit VR goes on in explicit VR and comes back the same",
                        "RetrieveConversionTest#privateAndUnknownElementsStayByteForByte"),
                rule("PS3.3 A.44", "the modules of the IOD, at the level that checks them",
                        "HangingProtocolIodTest#everyRowBroken", "StoreScpTest#validationCanBeFull"));
    }

    @ParameterizedTest
    @MethodSource({"negotiation", "find", "retrieve", "store"})
    void hasTestsThatNameItsClause(Rule rule) throws IOException {
        for (String test : rule.tests) {
            String comment = commentOf(test);
            for (String clause : rule.clause.split(", "))
                assertTrue(names(comment, clause), () -> test + " does not name " + clause);
        }
    }

    /** C.4.2.1 names no C.4.2. */
    private static boolean names(String comment, String clause) {
        return Pattern.compile(Pattern.quote(clause) + "(?!\\.?\\d)").matcher(comment).find();
    }

    /** What stands before a test: its comment and its annotations, from the blank line before them. */
    private static String commentOf(String test) throws IOException {
        String[] parts = test.split("#");
        String source = Files.readString(sourceOf(parts[0]));
        Matcher method = Pattern.compile("(?:void|Stream<DynamicTest>) " + parts[1] + "\\(").matcher(source);
        assertTrue(method.find(), () -> "no method " + test);
        String comment = source.substring(source.lastIndexOf("\n\n", method.start()), method.start());
        assertTrue(comment.contains("Test"), () -> "no test " + test);
        return comment;
    }

    private static Path sourceOf(String className) throws IOException {
        for (Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                List<Path> found = files.filter(file -> file.endsWith(className + ".java")).toList();
                if (!found.isEmpty()) {
                    assertEquals(1, found.size(), className);
                    return found.get(0);
                }
            }
        }
        throw new AssertionError("no class " + className);
    }
}
