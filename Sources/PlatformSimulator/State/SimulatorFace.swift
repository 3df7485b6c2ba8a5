/// A province's way of speaking. The raw value is the first part of its addresses.
public enum SimulatorFace: String, Sendable, Codable, Hashable {
    case zhejiang = "zhejiang-drugs"
    case shanghai = "shanghai-drugs"
    /// The insurer's hall for prescriptions, where nothing is ordered.
    case hall = "service-hall"
    /// No province's: an insurer that is told of stock and sales.
    case insurer = "national-stock"
}
