extension R4 {
    /// Why something was not done, or what was left out.
    public struct OperationOutcome: FHIRElement {
        public var id: String?
        public var issue: [Issue] = []

        public init() {}
        public init(_ issue: Issue) { self.issue = [issue] }

        public struct Issue: FHIRElement {
            public var severity: Severity?
            public var code: String?
            public var details: CodeableConcept?
            public var diagnostics: String?
            public var expression: [String] = []

            public init() {}

            public static let fields: [FHIRField<Issue>] = [
                .one("severity", \.severity), .one("code", \.code), .one("details", \.details),
                .one("diagnostics", \.diagnostics), .many("expression", \.expression),
            ]
        }

        public enum Severity: String, FHIRCode {
            case fatal, error, warning, information
        }

        public static let fields: [FHIRField<OperationOutcome>] = [
            .type("OperationOutcome"), .one("id", \.id), .many("issue", \.issue),
        ]
    }
}
