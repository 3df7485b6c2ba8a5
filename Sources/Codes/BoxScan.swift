import Foundation
public import Primitives

/// What a scanner read from a box of medicine, told apart in the order in which the schemes exclude each other.
public enum BoxScan: Sendable, Hashable {
    /// A GS1 element string: of a device, or of a medicine whose holder uses that scheme.
    case elements(ElementString)
    /// The common scheme of drug trace codes.
    case trace(TraceCode)
    /// The retail bar code: it names the pack, not the box, and is no trace code.
    case retail(GTIN)
    /// Something else. Only the catalogue can tell whether the product has a scheme of its holder's own.
    case opaque(String)

    /// - Parameter today: decides the century of two-digit years.
    public init(_ received: String, on today: CalendarDate) {
        if let elements = ElementString(received, on: today) {
            self = .elements(elements)
        } else if let trace = TraceCode(received) {
            self = .trace(trace)
        } else if let retail = GTIN(received), retail.text.utf8.count == 13 {
            self = .retail(retail)
        } else {
            self = .opaque(received.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }
}
