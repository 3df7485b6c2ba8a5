public import Formulary
public import Primitives

/// Decides whether two people must hand out, and whether they do. Pure: reads nothing.
///
/// Source: prescription rules (处方管理办法), preparing and checking; R-CD-02 (narcotic and psychotropic I: two different
/// people); toxic drug measures (1988), article 9 (the preparer and a checker who is a pharmacist or above).
public struct SecondPersonRules: Sendable {
    /// The controls of the medicines that are handed out.
    public var controls: Set<SpecialControl>
    /// Whether the facility has two people hand out everything.
    public var siteHasTwo: Bool
    public var isSinglePharmacistSite: Bool
    public var selfChecked: Bool

    public init(controls: Set<SpecialControl>, siteHasTwo: Bool, isSinglePharmacistSite: Bool, selfChecked: Bool) {
        self.controls = controls
        self.siteHasTwo = siteHasTwo
        self.isSinglePharmacistSite = isSinglePharmacistSite
        self.selfChecked = selfChecked
    }

    /// Whether the medicines themselves ask for two people, whatever the site.
    public var isControlled: Bool { !controls.isDisjoint(with: [.narcotic, .psychotropicI, .toxic]) }

    /// - Parameters:
    ///   - preparer: who prepared, in their own session; `nil` when the checker did so alone.
    ///   - checker: who checks and hands out.
    /// - Throws: ``DispensingRefusal``: nobody else prepared though somebody must have, or the same person did; toxic medicines
    ///   are checked by someone who is no pharmacist.
    public func check(preparer: PersonID?, checker: PersonID, checkerIsPharmacist: Bool) throws(DispensingRefusal) {
        if preparer == checker {
            throw DispensingRefusal(.secondPersonRequired, "who prepared does not check", field: "preparation")
        }
        let standsAlone = isSinglePharmacistSite && selfChecked
        if preparer == nil, isControlled || siteHasTwo && !standsAlone {
            throw DispensingRefusal(.secondPersonRequired, "another person prepares it first", field: "preparation")
        }
        if controls.contains(.toxic), !checkerIsPharmacist {
            throw DispensingRefusal(.checkerNotPharmacist, "a pharmacist checks toxic medicines")
        }
    }
}
