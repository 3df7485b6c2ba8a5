extension EligibilityCatalogue {
    /// Chronic diseases for which long prescriptions are commonly written, and the classes the norm excludes.
    ///
    /// Source: long-term prescription norm (长期处方管理规范, 2021), R-LP-01 and R-LP-03. The norm leaves the list of diseases to the
    /// regions; this one follows what several of them have published, unverified, and is a default.
    public static let national = EligibilityCatalogue(
        chronicDiagnoses: [
            // hypertension, coronary disease, heart failure, atrial fibrillation, stroke and its sequelae
            "I10", "I11", "I12", "I13", "I15", "I20", "I25", "I48", "I50", "I63", "I69", "I70",
            // diabetes, disorders of lipids, thyroid
            "E10", "E11", "E12", "E13", "E14", "E78", "E03", "E05",
            // chronic obstructive disease, asthma
            "J42", "J43", "J44", "J45", "J47",
            // Parkinson, Alzheimer, epilepsy
            "G20", "G30", "G40", "F00", "F01", "F20", "F25", "F31", "F32", "F33", "F41", "F42",
            // kidneys, liver, stomach and bowel
            "N18", "N04", "K21", "K50", "K51", "K73", "K74", "B18",
            // joints, gout, bones
            "M05", "M06", "M10", "M15", "M16", "M17", "M32", "M45", "M80", "M81",
            // prostate, glaucoma, psoriasis, anaemia of long standing
            "N40", "H40", "L40", "D50", "D63",
            // tuberculosis
            "A15", "A16", "A17", "A18", "A19",
        ],
        exclusions: [
            Exclusion(drugClass: "XJ01"), Exclusion(drugClass: "XJ02", liftedBy: ["B37", "B38", "B39", "B44", "B45"]),
            Exclusion(drugClass: "XJ04", liftedBy: ["A15", "A16", "A17", "A18", "A19"]), Exclusion(drugClass: "XJ05"),
        ])
}
