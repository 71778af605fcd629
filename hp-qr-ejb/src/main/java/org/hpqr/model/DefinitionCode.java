package org.hpqr.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** Row of {@code hp_definition_code}: one code of a definition item. */
@Entity
@Table(name = "hp_definition_code")
class DefinitionCode {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long pk;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "definition_fk")
    private ProtocolDefinition definition;

    @Enumerated(EnumType.STRING)
    private CodeRole role;

    /** That of the definition item, once more: so that one index tells the few codes of a region and a modality. */
    private String modality;

    @Column(name = "code_value")
    private String value;

    private String scheme;

    @Column(name = "scheme_version")
    private String version;

    /** For JPA. */
    protected DefinitionCode() {
    }

    DefinitionCode(ProtocolDefinition definition, CodeRole role, String modality, CodedConcept concept) {
        this.definition = definition;
        this.modality = modality;
        this.role = role;
        this.value = concept.value();
        this.scheme = concept.scheme();
        this.version = concept.version();
    }
}
