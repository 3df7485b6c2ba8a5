import Formulary

/// How a medicine gets to where it works, as the catalogue of dosage forms tells ways apart.
public enum RouteGroup: String, Sendable, Codable, CaseIterable {
    case oral, injection, inhalation, nasal, ophthalmic, otic, topical, transdermal, decoction, other
    case rectalVaginal = "rectal_vaginal"

    /// The usual way of a dosage form, by its code in `Catalogs/dosage-forms`; other for a form that is not there.
    public init(dosageForm: String) {
        switch dosageForm {
        case "tablet", "tablet_dispersible", "tablet_enteric", "tablet_sustained", "capsule", "capsule_enteric",
            "capsule_sustained", "softgel", "granule", "powder", "oral_solution", "syrup", "suspension", "pill", "drop_pill":
            self = .oral
        case "injection", "powder_injection", "infusion": self = .injection
        case "inhalation": self = .inhalation
        case "nasal": self = .nasal
        case "eye_drops": self = .ophthalmic
        case "ear_drops": self = .otic
        case "ointment", "cream", "gel", "liniment", "spray": self = .topical
        case "patch": self = .transdermal
        case "suppository": self = .rectalVaginal
        case "herbal_piece": self = .decoction
        default: self = .other
        }
    }

    /// Whether the substance reaches the whole body, so that it acts together with others given in another way.
    public var isSystemic: Bool {
        switch self {
        case .oral, .injection, .transdermal, .rectalVaginal, .decoction, .other: true
        case .inhalation, .nasal, .ophthalmic, .otic, .topical: false
        }
    }
}

extension CheckedLine {
    /// The way the prescriber chose, or the usual one of the form.
    var routeGroup: RouteGroup { route.flatMap(RouteGroup.init(rawValue:)) ?? RouteGroup(dosageForm: product.dosageForm) }
}
