package org.hpqr.standard;

import java.util.stream.Stream;
import org.hpqr.testkit.standard.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of the standard that bind an SCP of these service classes, each with the tests that show it. Rules of negotiation
 * that the server decides have a table beside it: NegotiationRulesTest. Statuses have one, too: StatusCoverageTest.
 */
class RuleCoverageTest {

    static Stream<Rule> negotiation() {
        return Stream.of(
                Rule.of("K.5.1", "FIND extended negotiation: not answered where the AE has no query options",
                        "FindScpTest#anAeWithoutQueryOptionsDoesNotAnswerExtendedNegotiation"),
                Rule.of("C.5.3", "without the SCP role every sub-operation of a C-GET fails",
                        "GetScpTest#withoutTheScpRoleAllOfAGetFail"),
                Rule.of("PS3.5 10.1", "Implicit VR Little Endian is supported",
                        "FindScpTest#theAnswerIsTheSameInEveryTransferSyntax"));
    }

    static Stream<Rule> find() {
        return Stream.of(
                Rule.of("Table U.6-1", "keys, their matching types and return types",
                        "HangingProtocolModelTest#rowsAreThoseOfTableU61AndTheExtensions", "ResponseTest#valueThatIsAskedFor"),
                Rule.of("8-1a", "the attributes of coded entries",
                        "HangingProtocolModelTest#rowsAreThoseOfTableU61AndTheExtensions"),
                Rule.of("Table 8-1b", "a code is compared by the attributes that have a value; Code Meaning is none of them",
                        "MatchingTest#codeMeaningIsNeverMatched", "MatchingTest#kindsOfCodeValueAreKeptApart"),
                Rule.of("C.2.2.2.1", "single value: the whole value, case-sensitive and accent-sensitive; a number by its value",
                        "MatchingTest#singleValue", "MatchingTest#singleNumber", "CharacterSetTest#accentsCount"),
                Rule.of("C.2.2.2.2", "list of UID", "MatchingTest#listOfUid"),
                Rule.of("C.2.2.2.3", "universal: zero length, a sequence without an item or without attributes in it",
                        "MatchingTest#universal", "MatchingTest#universalSequence"),
                Rule.of("C.2.2.2.4", "wild cards: any run of characters, exactly one character, case-sensitive",
                        "MatchingTest#wildCards", "CharacterSetTest#questionMarkStandsForOneCharacterHoweverManyBytesItHas"),
                Rule.of("C.2.2.2.6", "all keys of an item are satisfied by the same stored item, at every level",
                        "MatchingTest#allKeysOfAnItemHoldForTheSameStoredItem", "MatchingTest#allKeysOfACodeHoldForTheSameCode",
                        "MatchingTest#keysOfDifferentSequencesHoldForTheSameDefinition"),
                Rule.of("C.2.2.2.6", "of a sequence the items that match are returned, of them what was asked for",
                        "ResponseTest#sequenceIsReducedToTheItemsThatMatch",
                        "ResponseTest#codesAreReducedToThoseThatMatchWithinTheItemsThatMatch"),
                Rule.of("C.2.2.2.6", "of a sequence asked for without attributes all is returned", "ResponseTest#wholeSequence"),
                Rule.of("C.2.2.2.6", "a sequence key has one item", "RequestFormTest#severalItemsInASequenceKey"),
                Rule.of("C.2.2.2", "Specific Character Set says how keys are encoded and is not matched",
                        "CharacterSetTest#keyFindsAnObjectInAnotherSet", "RequestFormTest#contextIsNoKey"),
                Rule.of("C.2.2.2", "a character set that is not supported is answered as the conformance statement says",
                        "RequestFormTest#unknownCharacterSet", "FindScpTest#anUnknownCharacterSetC310"),
                Rule.of("PS3.5 6.2", "padding is no part of a value", "MatchingTest#padding", "MatchingTest#paddingOfUidsAndUris"),
                Rule.of("K.2.2.1.1.1", "an unknown value fails every key that is not universal",
                        "MatchingTest#unknownValue", "MatchingTest#versionIsComparedIfItIsAskedFor",
                        "GoldenQueryTest#aModalityLeavesOutTheProtocolWithoutModality"),
                Rule.of("K.2.2.1.1.1", "a lone asterisk is universal", "MatchingTest#nothingButStarsIsUniversal"),
                Rule.of("K.2.2.1.1.1", "any of the keys may be sent alone, so no UID is needed", "ResponseTest#valueThatIsAskedFor"),
                Rule.of("K.2.2.1.1.2", "the value of an attribute that is no matching key is ignored",
                        "MatchingTest#valueOfAnAttributeThatIsNoKey"),
                Rule.of("K.2.2.1.2", "return types 1, 2 and 3", "ResponseTest#valueThatIsUnknown", "ResponseTest#valueThatIsAskedFor"),
                Rule.of("K.2.2.3", "one of several stored values matches, all are returned",
                        "MatchingTest#severalStoredValues", "MatchingTest#severalStoredNumbers",
                        "ResponseTest#allStoredValuesAreReturned"),
                Rule.of("K.4.1.1.2", "priority need not be processed", "FindScpTest#responsesNameTheRequestWhateverItsPriority"),
                Rule.of("K.4.1.1.3.2", "nothing is returned that was not asked for", "ResponseTest#nothingThatWasNotAskedFor",
                        "ResponseTest#retrieveAeTitleOnlyOnRequest"),
                Rule.of("K.4.1.1.3.2", "Specific Character Set is in a response that needs it, in the SCP's choice of set",
                        "CharacterSetTest#setIsNamedOnlyIfItIsUsed", "CharacterSetTest#theSetOfTheRequestIsNotEchoed",
                        "CharacterSetTest#responseHasTheStoredBytesAndNamesTheirSet"),
                Rule.of("K.4.1.1.3.2", "Timezone Offset From UTC may be added; that of the request is not matched",
                        "ResponseTest#timezoneComesWithTheTimeThatNeedsIt", "ResponseTest#theTimezoneOfTheRequestIsNotEchoed"),
                Rule.of("K.4.1.1.3.2", "only pending responses have an identifier",
                        "FindScpTest#onePendingForEachMatchThenSuccessWithoutIdentifier"),
                Rule.of("K.4.1.3.1", "a pending response for each match, then success; without a match only that",
                        "FindScpTest#onePendingForEachMatchThenSuccessWithoutIdentifier", "FindScpTest#noMatchIsSuccessOnly"),
                Rule.of("K.4.1.3.1", "no keys, no matches", "RequestFormTest#emptyIdentifier",
                        "FindScpTest#anEmptyIdentifierIsSuccessOnly"),
                Rule.of("K.4-1", "FF01 if an optional key is not supported, else FF00",
                        "FindScpTest#aKeyOutsideTheModelMakesEveryPendingFF01", "RequestFormTest#everyAttributeOfTheModelIsSupported"),
                Rule.of("K.4-1", "A700 before or after matches", "FindLimitsTest#matches", "FindLimitsTest#findsAtATime"),
                Rule.of("K.4-1", "A900 names the elements", "FindScpTest#aMalformedKeyA900"),
                Rule.of("K.4-1", "FE00 after a C-CANCEL, without an identifier", "FindScpTest#cancelledBetweenTwoMatches"),
                Rule.of("K.4-1", "Cxxx: unable to process", "FindScpTest#aQueryThatFailsAtTheSecondMatchC311",
                        "FindScpTest#anObjectThatCannotBeDecodedC311AfterAllOthers"),
                Rule.of("PS3.7 9.3.2.2", "what the command set of a response holds",
                        "FindScpTest#responsesNameTheRequestWhateverItsPriority"),
                Rule.of("PS3.7 Annex C", "0122, 0124, 0210, 0211, 0212", "RequestChecksTest#eachViolationHasItsStatus"),
                Rule.of("PS3.17 V.5", "the example", "GoldenQueryTest#theThreeProtocolsOfTheExampleAreFound",
                        "GoldenQueryTest#pendingIsFF00AlthoughCodeMeaningHasAValue"));
    }

    static Stream<Rule> retrieve() {
        return Stream.of(
                Rule.of("U.4.2, U.4.3", "the key is SOP Instance UID, one or a list; without one nothing is sent",
                        "RetrieveIdentifierTest#listsAreTakenAsTheyCome",
                        "RetrieveIdentifierTest#mismatchA900WithTheOffendingElement"),
                Rule.of("U.4.2, U.4.3", "Query/Retrieve Level and other keys have no business there",
                        "RetrieveIdentifierTest#otherKeysAreIgnored", "RetrieveIdentifierTest#otherKeysAreA900IfStrict"),
                Rule.of("C.4.2.3.1", "what is not stored makes no sub-operation; the same UID twice makes one",
                        "RetrieveOutcomeTest#whatIsNotStoredIsNeitherCountedNorListed", "RetrieveOutcomeTest#noneStoredIsASuccessOfNothing",
                        "RetrieveOutcomeTest#aUidTwiceIsOneSubOperation"),
                Rule.of("C.4.2.3.1", "the final status and counts of every mix of outcomes",
                        "RetrieveOutcomeTest#everyMixHasItsFinalStatus"),
                Rule.of("C.4.2.3.1", "a destination that takes no presentation context fails all",
                        "RetrieveMisbehaviourTest#aDestinationThatAcceptsNoPresentationContext"),
                Rule.of("C.4.2.3.1", "after a C-CANCEL what is under way ends, nothing else begins",
                        "RetrieveCancelTest#theSubOperationUnderWayEndsAndIsCounted",
                        "RetrieveCancelTest#whatFailedBeforeIsListedWhatNeverBeganIsNot"),
                Rule.of("C.4.2.1.6", "Remaining only in pending and cancelled responses",
                        "RetrieveOutcomeTest#pendingAfterEachSubOperationButTheLast", "RetrieveOutcomeTest#everyMixHasItsFinalStatus"),
                Rule.of("C.4.2.1.4.2", "the failed list, in the transfer syntax of the request, without a character set",
                        "RetrieveOutcomeTest#theFailedListIsInTheTransferSyntaxOfTheRequest"),
                Rule.of("C.4.2", "a C-MOVE sends over another association", "SubOperationTest#ofAMoveTheyComeFromTheAeThatWasAsked"),
                Rule.of("C.4.3", "a C-GET sends over its own association", "SubOperationTest#ofAGetTheyNameNoOriginator"),
                Rule.of("C.4-2", "A801: the destination is not known", "MoveScpTest#unknownA801", "MoveScpTest#missingOrEmptyA801"),
                Rule.of("PS3.7 9.1.1.1.6", "the originator is the AE that invoked the C-MOVE",
                        "SubOperationTest#ofAMoveTheyNameTheRequesterAndItsMessageId"),
                Rule.of("PS3.7 9.1.1.1.1", "Message IDs of sub-operations are unique",
                        "SubOperationTest#theirMessageIdsAreUniqueAndNotThatOfTheRequest"),
                Rule.of("PS3.7 9.1.3", "sub-operations have the priority of the request",
                        "SubOperationTest#theyHaveThePriorityOfTheRequest"),
                Rule.of("PS3.7 9.1.3", "counts are 16-bit numbers: more matches are refused",
                        "LargeRetrieveTest#moreThan65535StoredObjectsAreRefused"),
                Rule.of("PS3.7 9.3", "a C-CANCEL for what has ended or never was is ignored",
                        "RetrieveCancelTest#afterTheEndItIsIgnored", "RetrieveCancelTest#ofAnUnknownMessageIdItIsIgnored"),
                Rule.of("PS3.7 Annex C", "how the status of a sub-operation counts",
                        "RetrieveOutcomeTest#everyStatusOfASubOperationIsClassified"),
                Rule.of("PS3.7 D.3.3.3", "the asynchronous operations window",
                        "SubOperationTest#oneIsUnderWayAtATimeUnlessMoreIsNegotiated",
                        "SubOperationTest#asManyAreUnderWayAsAreNegotiatedAndNoMore"));
    }

    static Stream<Rule> store() {
        return Stream.of(
                Rule.of("GG.4.2", "every attribute is kept, private ones too, and no value is changed",
                        "StoreScpTest#bytesAreKeptAsReceived", "RetrieveConversionTest#privateAndUnknownElementsStayByteForByte"),
                Rule.of("GG.1.2", "success means that it is stored", "StoreScpTest#successMeansRowAndBytes",
                        "StoreScpTest#commitThatIsNotDurableIsA700AndReplacesNoBytes"),
                Rule.of("PS3.7 9.1.1.2", "no success before the whole data set has come", "ReceiveTimeoutTest#dataSetThatStopsEndsTheAssociation"),
                Rule.of("GG.4-1", "A700", "StoreScpTest#fullStorageIsA700", "StoreScpTest#storageDownIsA700",
                        "StoreScpTest#databaseDownIsA700AndServiceGoesOnAfterwards"),
                Rule.of("GG.4-1", "A900", "StoreScpTest#identityOfClassIsChecked", "StoreScpTest#identityOfInstanceIsChecked",
                        "StoreScpTest#whatFindMustReturnMustBeThere"),
                Rule.of("GG.4-1", "C000", "StoreScpTest#whatCannotBeParsedIsC000"),
                Rule.of("PS3.7 9.1.1.1.9", "0117, 0122, 0124, 0210, 0211, 0212", "StoreScpTest#invalidAffectedInstanceUidIs0117",
                        "RequestChecksTest#eachViolationHasItsStatus"),
                Rule.of("PS3.5 6.2.2", "what came in implicit VR goes on in explicit VR and comes back the same",
                        "RetrieveConversionTest#privateAndUnknownElementsStayByteForByte"),
                Rule.of("PS3.3 A.44", "the modules of the IOD, at the level that checks them",
                        "HangingProtocolIodTest#everyRowBroken", "StoreScpTest#validationCanBeFull"));
    }

    @ParameterizedTest
    @MethodSource({"negotiation", "find", "retrieve", "store"})
    void hasTestsThatNameItsClause(Rule rule) throws Exception {
        rule.assertTested(getClass());
    }
}
