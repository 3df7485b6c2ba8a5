public import Primitives

/// The form a prescription is printed on: its colour, and the mark in its corner.
///
/// Source: prescription rules (处方管理办法), §1: general white, emergency light yellow, paediatric light green, narcotic and
/// psychotropic I light red, psychotropic II white. Special control decides first, then urgency, then the patient's age.
public enum PaperClass: String, Sendable, Codable, CaseIterable {
    case ordinary, emergency, paediatric, narcotic
    case psychotropicII = "psychotropic-2"
    case toxic

    /// Children are under this age.
    public static let paediatricBelowYears = 14

    /// - Parameter birthOn: of the patient; the age counts on the day it is written.
    public init(kind: PrescriptionKind, birthOn: CalendarDate, writtenOn: CalendarDate) {
        switch kind {
        case .narcotic: self = .narcotic
        case .psychotropicII: self = .psychotropicII
        case .toxic: self = .toxic
        case .emergency: self = .emergency
        case .ordinary, .long, .herbal:
            self = Age(birthOn: birthOn, on: writtenOn).years < Self.paediatricBelowYears ? .paediatric : .ordinary
        }
    }

    /// 急诊, 儿科, 麻、精一, 精二, 毒; empty for general prescriptions.
    public var mark: String {
        switch self {
        case .ordinary: ""
        case .emergency: "急诊"
        case .paediatric: "儿科"
        case .narcotic: "麻、精一"
        case .psychotropicII: "精二"
        case .toxic: "毒"
        }
    }

    public var colour: String {
        switch self {
        case .ordinary, .psychotropicII, .toxic: "white"
        case .emergency: "light-yellow"
        case .paediatric: "light-green"
        case .narcotic: "light-red"
        }
    }
}

extension Prescription {
    /// The form it is printed on.
    public func paperClass(birthOn: CalendarDate) -> PaperClass {
        PaperClass(kind: kind, birthOn: birthOn, writtenOn: writtenOn)
    }
}
