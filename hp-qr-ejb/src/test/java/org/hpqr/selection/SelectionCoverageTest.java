package org.hpqr.selection;

import java.util.stream.Stream;
import org.hpqr.testkit.standard.Rule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps from a query or a study to an answer, each with the tests that show it and name its clause. */
class SelectionCoverageTest {

    static Stream<Rule> explain() {
        return Stream.of(
                Rule.of("C.2.2.2.1", "single value", "MismatchTest#singleValue_C_2_2_2_1"),
                Rule.of("C.2.2.2.2", "list of UID", "MismatchTest#listOfUid_C_2_2_2_2"),
                Rule.of("C.2.2.2.4", "wild cards", "MismatchTest#wildCard_C_2_2_2_4"),
                Rule.of("C.2.2.2.6", "one item satisfies all keys; the nearest one is named",
                        "MismatchTest#oneItemHasToSatisfyAllKeysAndTheNearestIsNamed_C_2_2_2_6",
                        "MismatchTest#codesStandInASequenceInASequence"),
                Rule.of("K.2.2.1.1.1", "an unknown value fails every key", "MismatchTest#unknownValue_K_2_2_1_1_1",
                        "MismatchTest#unknownValueOfAnAttribute_K_2_2_1_1_1"),
                Rule.of("K.4.1.3.1", "there is a reason if and only if a find has no response", "MismatchTest#itIsTheAnswerOfTheFind",
                        "MismatchTest#withoutAKeyThatIsSupportedNothingMatches_K_4_1_3_1"));
    }

    static Stream<Rule> visibility() {
        return Stream.of(
                Rule.of("PS3.3 C.23.1", "level, user code and group name say for whom a protocol is",
                        "VisibilityTest#siteAndManufacturerAreForEverybody", "VisibilityTest#aUsersProtocolIsForThatUser",
                        "VisibilityTest#aUsersProtocolWithoutACodeIsForEverybody", "VisibilityTest#aGroupsProtocolIsForItsMembers",
                        "VisibilityTest#aGroupsProtocolWithoutANameIsForEverybody", "VisibilityTest#aLevelThatIsNotEnumeratedIsNotGuessed"));
    }

    static Stream<Rule> definition() {
        return Stream.of(
                Rule.of("PS3.3 C.23.1.1.1", "all valued parts of one item equal those of the study",
                        "DefinitionMatchTest#modalityIsOneOfTheStudy_C_23_1_1_1", "DefinitionMatchTest#allPartsOfOneItemHaveToMatch",
                        "DefinitionMatchTest#partsWithoutAValueAskForNothing", "DefinitionMatchTest#theMostSpecificItemThatMatchesCounts",
                        "DefinitionMatchTest#aStudyOfTheRightAndTheLeftIsOfBoth", "DefinitionMatchTest#codesOfTheRequestAreTheStudysToo"),
                Rule.of("PS3.3 C.23.4.2.1.2", "codes are equal by value and scheme",
                        "DefinitionMatchTest#codesAreEqualByValueAndScheme_C_23_4_2_1_2",
                        "ImageSetSelectorTest#codesByValueAndScheme_C_23_4_2_1_2"),
                Rule.of("PS3.16 Annex L", "a region also by Body Part Examined, and the reason says so",
                        "DefinitionMatchTest#regionByBodyPartExaminedIsSaid_PS316_L",
                        "DefinitionMatchTest#bodyPartExaminedCountsOnlyWithoutACode_PS316_L",
                        "DefinitionMatchTest#olderAndNewerCodeOfARegionAreTheSame_PS316_L",
                        "DefinitionMatchTest#bodyPartThatIsNoDefinedTermIsNotGuessed_PS316_L"),
                Rule.of("PS3.18 10.6", "what a search result lacks is not evaluable",
                        "DefinitionMatchTest#whatIsAbsentInPartialMetadataIsNotGuessed"),
                Rule.of("PS3.18 10.4.1.1.2", "what metadata lack is absent", "DefinitionMatchTest#whatIsAbsentInCompleteMetadataIsAbsent"));
    }

    static Stream<Rule> rank() {
        return Stream.of(
                Rule.of("PS3.17 V.1", "user, then study type, then screens; ties are shown",
                        "HangingProtocolSelectionTest#theReadersOwnGoesFirst_V_1",
                        "HangingProtocolSelectionTest#theMoreSpecificDefinitionGoesFirst_V_1",
                        "HangingProtocolSelectionTest#theScreensDecideNext_V_1",
                        "HangingProtocolSelectionTest#thenTheNewerThenTheUidAndTiesAreShown",
                        "HangingProtocolSelectionTest#theOrderDoesNotDependOnThatOfTheProtocols"),
                Rule.of("PS3.3 C.23.2", "screens: equal, then fewer or smaller than there are",
                        "HangingProtocolSelectionTest#screensFitIfEachHasOneOfItsOwn_C_23_2"));
    }

    static Stream<Rule> imageSets() {
        return Stream.of(
                Rule.of("PS3.3 C.23.1.1.3", "selectors, and the usage flag for an absent attribute",
                        "ImageSetSelectorTest#oneOfSeveralValuesIsEnough",
                        "ImageSetSelectorTest#theUsageFlagDecidesForAnImageWithoutTheAttribute", "ImageSetSelectorTest#truthTable",
                        "LayoutTest#chestExample_V_3"),
                Rule.of("PS3.3 C.23.4.1", "the value of that number, any one of 0",
                        "ImageSetSelectorTest#theValueOfThatNumberCountsAndOfZeroAnyOne"),
                Rule.of("PS3.3 C.23.4.2", "comparison by VR", "TypedValueTest#textsMeanTheSame_C_23_4_2",
                        "TypedValueTest#numbersOfEachBinaryVr", "TypedValueTest#unsignedAndVeryLongNumbers",
                        "TypedValueTest#characterSetsOfImageAndProtocolMayDiffer_C_23_4_2_1_1"),
                Rule.of("PS3.3 C.23.4.1.1.1", "sequence pointers", "SelectorAttributeTest#inAnyItemOfASequence_C_23_4_1_1_1",
                        "SelectorAttributeTest#inASequenceInASequence", "FilterTest#ofSeveralItemsOneIsEnough_C_23_4_1_1_1"),
                Rule.of("PS3.3 C.23.4.1.1.2", "functional group pointers",
                        "SelectorAttributeTest#inAFunctionalGroupOfTheFrameOrSharedByAll_C_23_4_1_1_2",
                        "ImageSetSelectorTest#anyFrameOfAnInstanceIsEnough_C_23_4_1_1_2"),
                Rule.of("PS3.3 C.23.4.1.1.3", "private attributes by their creators",
                        "SelectorAttributeTest#privateAttributesAndSequencesByTheirCreators_C_23_4_1_1_3",
                        "SelectorAttributeTest#privateFunctionalGroup_C_23_4_1_1_3"));
    }

    static Stream<Rule> times() {
        return Stream.of(
                Rule.of("PS3.3 C.23.1.1.2", "relative time, in units from seconds to years", "TimeFrameTest#zeroIsTheCurrentStudy",
                        "TimeFrameTest#timeBeforeTheCurrentStudyInUnits", "TimeFrameTest#itIsTheTimeOfAcquisitionThatCounts",
                        "TimeFrameTest#offsetsFromUtcAreTakenIntoAccount", "TimeFrameTest#anUnknownTimeIsNotGuessed"),
                Rule.of("PS3.3 C.23.1.1.2", "abstract priors: 1 is the newest, -1 the oldest",
                        "TimeFrameTest#theMostRecentPriorIsOneAndTheOldestMinusOne", "TimeFrameTest#onlyPriorsWithMatchingImagesCount",
                        "TimeFrameTest#aStudyAfterTheCurrentOneIsNoPrior", "TimeFrameTest#whichPriorItIsIsNotGuessed",
                        "TimeFrameTest#aCodedPriorIsKnownToWhoMadeTheCode"));
    }

    static Stream<Rule> displaySets() {
        return Stream.of(
                Rule.of("PS3.3 C.23.3.1.1", "filters: operators, presence, image plane", "FilterTest#operators_C_23_3_Table",
                        "FilterTest#theValueOfThatNumberCounts", "FilterTest#theUsageFlagDecidesForAnImageWithoutTheValue",
                        "FilterTest#theSentenceSaysWhatMissingValuesCountAs",
                        "FilterTest#presence", "FilterTest#imagePlaneByOrientationOfThePatient",
                        "FilterTest#imagePlaneByPatientOrientation", "FilterTest#imagePlaneOfAFrame", "FilterTest#aFilterAndItsNegation",
                        "FilterTest#membershipAndItsNegation", "LayoutTest#filtersAreAppliedOneAfterTheOtherThenSorting_C_23_3_1_1",
                        "LayoutTest#framesAreImagesOfTheirOwn_C_23_3_1_1"),
                Rule.of("PS3.3 C.23.3.1.2", "sorting: by attribute, along the axis, by acquisition time; total and stable",
                        "SortingTest#viewPositionThenStudyDate_C_23_3_1_2", "SortingTest#alongAxisIsAlongTheNormal_ALONG_AXIS",
                        "SortingTest#byWhateverTimeAnImageHas_BY_ACQ_TIME", "SortingTest#sortingIsTotalAndStable"),
                Rule.of("PS3.3 Table C.23.3-1", "image boxes, and what stays empty",
                        "LayoutTest#boxesOfADisplaySetGoOnWhereTheOneBeforeEnds_Table_C_23_3_1",
                        "LayoutTest#theSeriesOfABoxAreNamed_Table_C_23_3_1", "LayoutTest#aSingleBoxHasOneImage_Table_C_23_3_1",
                        "LayoutTest#partialDataDisplayHandling_Table_C_23_3_1"),
                Rule.of("PS3.3 C.23.3.1.3", "reformatting and blending are left to the viewer, and that is said",
                        "LayoutTest#reformattingAndBlendingAreSaidToBeLeftToTheViewer_C_23_3_1_3"));
    }

    static Stream<Rule> examples() {
        return Stream.of(
                Rule.of("PS3.17 V.3", "chest X-ray", "LayoutTest#chestExample_V_3", "LayoutTest#withoutPriorsTheirBoxesAreEmpty_V_3"),
                Rule.of("PS3.17 V.4", "neurosurgery", "LayoutTest#neurosurgeryNeedsBothModalities_V_4",
                        "DefinitionMatchTest#neurosurgeryTakesEitherModality_PS317_V_4"),
                Rule.of("PS3.17 V.5", "chest query", "HangingProtocolSelectionTest#chestExampleOfTheStandard_V_5"));
    }

    @ParameterizedTest
    @MethodSource({"explain", "visibility", "definition", "rank", "imageSets", "times", "displaySets", "examples"})
    void hasTestsThatNameItsClause(Rule rule) throws Exception {
        rule.assertTested(getClass());
    }
}
