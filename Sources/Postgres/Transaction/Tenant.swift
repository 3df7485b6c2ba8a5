/// Whose rows a transaction may see: sets `setting` to `value` for the transaction, where row-level security reads it.
public struct Tenant: Sendable, Hashable {
    let setting: StaticString
    public let value: Int64

    /// - Parameter setting: a customised option, such as `lianyao.consortium_id`.
    public init(setting: StaticString, value: Int64) {
        self.setting = setting
        self.value = value
    }

    public static func == (left: Tenant, right: Tenant) -> Bool {
        left.value == right.value && left.setting.description == right.setting.description
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(value) }

    var statement: String { "SET LOCAL \(setting) = '\(value)'" }
}
