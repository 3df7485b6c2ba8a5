/// Everything that is wrong with a catalogue's file.
public struct PlatformCatalogueDefects: Error, Sendable, Hashable, CustomStringConvertible {
    public struct Defect: Sendable, Hashable, CustomStringConvertible {
        public var file: String
        /// The message it is in: `create-order`; empty when it is about the platform as a whole.
        public var message: String
        /// The field it is about, with the lists it is in: `list.hospListId`; empty when it is about the message as a whole.
        public var field: String
        public var reason: String

        public init(file: String, message: String, field: String, reason: String) {
            self.file = file
            self.message = message
            self.field = field
            self.reason = reason
        }

        public var description: String {
            "\(file): " + [message, field].filter { !$0.isEmpty }.map { "\($0): " }.joined() + reason
        }
    }

    public var defects: [Defect]

    public init(_ defects: [Defect]) { self.defects = defects }

    public var description: String { defects.map(\.description).joined(separator: "\n") }
}
