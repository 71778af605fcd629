package org.dcm4che3.audit;

import java.util.Calendar;

/** Signatures of dcm4che-audit 5.34.3. */
public class EventIdentification {

    private EventID eventID;
    private String eventOutcomeDescription;
    private String eventActionCode;
    private Calendar eventDateTime;
    private String eventOutcomeIndicator;

    public EventID getEventID() {
        return eventID;
    }

    public void setEventID(EventID value) {
        eventID = value;
    }

    public String getEventOutcomeDescription() {
        return eventOutcomeDescription;
    }

    public void setEventOutcomeDescription(String value) {
        eventOutcomeDescription = value;
    }

    public String getEventActionCode() {
        return eventActionCode;
    }

    public void setEventActionCode(String value) {
        eventActionCode = value;
    }

    public Calendar getEventDateTime() {
        return eventDateTime;
    }

    public void setEventDateTime(Calendar value) {
        eventDateTime = value;
    }

    public String getEventOutcomeIndicator() {
        return eventOutcomeIndicator;
    }

    public void setEventOutcomeIndicator(String value) {
        eventOutcomeIndicator = value;
    }
}
