<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis hasScaleBasedVisibilityFlag="0" maxScale="0" minScale="1e+08" readOnly="0" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|Rendering|CustomProperties" version="3.22.0">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <customproperties>
  <Option type="Map">
   <Option name="bufferzone/role" type="QString" value="ceiling_plans" />
  </Option>
 </customproperties>
 <fieldConfiguration>
  <field configurationFlags="None" name="plan_id">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="posture">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="spacing_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="sensors_pct">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="depth_a_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="depth_b_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_a_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_b_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="line_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="population">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="posts">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_central">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="per_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="per_100km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="training_central">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="fits">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="dominated">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="spare">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="ceiling">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="fit_end">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="spec">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="statement">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="plan_id" index="0" name="Plan" />
  <alias field="posture" index="1" name="Posture" />
  <alias field="spacing_km" index="2" name="Spacing (km)" />
  <alias field="sensors_pct" index="3" name="Sensors (%)" />
  <alias field="depth_a_km" index="4" name="Depth of side A (km)" />
  <alias field="depth_b_km" index="5" name="Depth of side B (km)" />
  <alias field="area_km2" index="6" name="Area (km²)" />
  <alias field="area_a_km2" index="7" name="Area of side A (km²)" />
  <alias field="area_b_km2" index="8" name="Area of side B (km²)" />
  <alias field="line_km" index="9" name="Contact line (km)" />
  <alias field="population" index="10" name="Inhabitants" />
  <alias field="posts" index="11" name="Posts" />
  <alias field="staff_low" index="12" name="Persons, low" />
  <alias field="staff_central" index="13" name="Persons, central" />
  <alias field="staff_high" index="14" name="Persons, high" />
  <alias field="per_km" index="15" name="Persons per km" />
  <alias field="per_100km2" index="16" name="Persons per 100 km²" />
  <alias field="training_central" index="17" name="Training mission" />
  <alias field="fits" index="18" name="Fits" />
  <alias field="dominated" index="19" name="Dominated" />
  <alias field="spare" index="20" name="Persons left" />
  <alias field="ceiling" index="21" name="Ceiling" />
  <alias field="fit_end" index="22" name="What must fit" />
  <alias field="spec" index="23" name="Parameters" />
  <alias field="statement" index="24" name="What it means" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="plan_id" />
  <default applyOnUpdate="0" expression="" field="posture" />
  <default applyOnUpdate="0" expression="" field="spacing_km" />
  <default applyOnUpdate="0" expression="" field="sensors_pct" />
  <default applyOnUpdate="0" expression="" field="depth_a_km" />
  <default applyOnUpdate="0" expression="" field="depth_b_km" />
  <default applyOnUpdate="0" expression="" field="area_km2" />
  <default applyOnUpdate="0" expression="" field="area_a_km2" />
  <default applyOnUpdate="0" expression="" field="area_b_km2" />
  <default applyOnUpdate="0" expression="" field="line_km" />
  <default applyOnUpdate="0" expression="" field="population" />
  <default applyOnUpdate="0" expression="" field="posts" />
  <default applyOnUpdate="0" expression="" field="staff_low" />
  <default applyOnUpdate="0" expression="" field="staff_central" />
  <default applyOnUpdate="0" expression="" field="staff_high" />
  <default applyOnUpdate="0" expression="" field="per_km" />
  <default applyOnUpdate="0" expression="" field="per_100km2" />
  <default applyOnUpdate="0" expression="" field="training_central" />
  <default applyOnUpdate="0" expression="" field="fits" />
  <default applyOnUpdate="0" expression="" field="dominated" />
  <default applyOnUpdate="0" expression="" field="spare" />
  <default applyOnUpdate="0" expression="" field="ceiling" />
  <default applyOnUpdate="0" expression="" field="fit_end" />
  <default applyOnUpdate="0" expression="" field="spec" />
  <default applyOnUpdate="0" expression="" field="statement" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="plan_id" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="posture" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="spacing_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="sensors_pct" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="depth_a_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="depth_b_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_a_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_b_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="line_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="population" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="posts" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_central" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="per_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="per_100km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="training_central" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="fits" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="dominated" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="spare" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="ceiling" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="fit_end" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="spec" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="statement" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="plan_id" />
  <constraint desc="" exp="" field="posture" />
  <constraint desc="" exp="" field="spacing_km" />
  <constraint desc="" exp="" field="sensors_pct" />
  <constraint desc="" exp="" field="depth_a_km" />
  <constraint desc="" exp="" field="depth_b_km" />
  <constraint desc="" exp="" field="area_km2" />
  <constraint desc="" exp="" field="area_a_km2" />
  <constraint desc="" exp="" field="area_b_km2" />
  <constraint desc="" exp="" field="line_km" />
  <constraint desc="" exp="" field="population" />
  <constraint desc="" exp="" field="posts" />
  <constraint desc="" exp="" field="staff_low" />
  <constraint desc="" exp="" field="staff_central" />
  <constraint desc="" exp="" field="staff_high" />
  <constraint desc="" exp="" field="per_km" />
  <constraint desc="" exp="" field="per_100km2" />
  <constraint desc="" exp="" field="training_central" />
  <constraint desc="" exp="" field="fits" />
  <constraint desc="" exp="" field="dominated" />
  <constraint desc="" exp="" field="spare" />
  <constraint desc="" exp="" field="ceiling" />
  <constraint desc="" exp="" field="fit_end" />
  <constraint desc="" exp="" field="spec" />
  <constraint desc="" exp="" field="statement" />
 </constraintExpressions>
 <expressionfields />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable>
  <field editable="0" name="area_a_km2" />
  <field editable="0" name="area_b_km2" />
  <field editable="0" name="area_km2" />
  <field editable="0" name="ceiling" />
  <field editable="0" name="depth_a_km" />
  <field editable="0" name="depth_b_km" />
  <field editable="0" name="dominated" />
  <field editable="0" name="fit_end" />
  <field editable="0" name="fits" />
  <field editable="0" name="line_km" />
  <field editable="0" name="per_100km2" />
  <field editable="0" name="per_km" />
  <field editable="0" name="plan_id" />
  <field editable="0" name="population" />
  <field editable="0" name="posts" />
  <field editable="0" name="posture" />
  <field editable="0" name="sensors_pct" />
  <field editable="0" name="spacing_km" />
  <field editable="0" name="spare" />
  <field editable="0" name="spec" />
  <field editable="0" name="staff_central" />
  <field editable="0" name="staff_high" />
  <field editable="0" name="staff_low" />
  <field editable="0" name="statement" />
  <field editable="0" name="training_central" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>'Plan ' || "plan_id"</previewExpression>
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
