/// How a return stands on the platform.
public struct PlatformReturnState: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case draft, waiting, agreed, refused, void
    }

    public var platformReturn: String
    /// Our number of it, where the platform keeps it.
    public var number: String
    public var deliveryLine: String
    public var packs: Int64
    public var state: State
    public var remark: String

    public init(platformReturn: String, number: String = "", deliveryLine: String, packs: Int64, state: State, remark: String = "")
    {
        self.platformReturn = platformReturn
        self.number = number
        self.deliveryLine = deliveryLine
        self.packs = packs
        self.state = state
        self.remark = remark
    }
}
