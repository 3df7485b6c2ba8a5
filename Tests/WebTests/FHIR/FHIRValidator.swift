import TestSupport

/// The models of FHIR R4 in the Python package fhir.resources: an implementation of the standard that is not ours.
enum FHIRValidator {
    /// Whether the validator is there; see ``PythonTests/areThere(for:)``.
    static func isThere(for test: String = #function) -> Bool { PythonTests.areThere(for: test) }

    /// What is wrong with each resource, `ok` when nothing is.
    static func verdicts(on resources: [String]) throws -> [String] {
        try PythonTests.answers(to: resources, from: "Tests/WebTests/FHIR/validate.py")
    }
}
